package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machines;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions made of tiles are convolutions, with errors not much larger; {@link SearchSpaceTest} tries more choices. */
class WinogradTest {
  private static final double TOLERANCE = 3e-6;
  private static final int MOST_WORKERS = 3;

  @TestFactory
  Stream<DynamicTest> errorsStaySmall() {
    return Stream.of(CpuTarget.ofThisMachine(), CpuTarget.X86_64_V3)
        .flatMap(
            target ->
                KernelFiles.graphs("winograd.lpt").stream()
                    .filter(graph -> isChosen(graph, target))
                    .flatMap(
                        graph ->
                            Stream.of(2, 4)
                                .map(
                                    side ->
                                        DynamicTest.dynamicTest(
                                            "%s, tiles of %d, on %s".formatted(graph.name(), side, target.name()),
                                            () -> assertErrorsStaySmall(graph, target, side)))));
  }

  private static boolean isChosen(Graph graph, CpuTarget target) {
    return Lowering.lower(graph, target.machine()).steps().stream()
        .anyMatch(step -> new SearchSpace(target.machine()).builtIn(step).has(Knob.WINOGRAD));
  }

  /** However many workers there are, which do not change a bit. */
  private static void assertErrorsStaySmall(Graph graph, CpuTarget target, int side) {
    RunsHere.assume(target);
    Map<String, Tensor> inputs = SeededInputs.of(graph, 5);
    Map<String, Tensor> expected = Interpreter.run(graph, inputs);
    Plan plan = Lowering.lower(graph, target.machine());
    try (Workbench bench = bench(plan, target, side)) {
      bench.fill(inputs);
      List<float[]> first = List.of();
      for (int workers = 1; workers <= MOST_WORKERS; workers++) {
        bench.poison();
        bench.main(workers);
        List<float[]> computed = bench.outputs().stream().map(Tensor::floats).toList();
        for (int i = 0; i < computed.size(); i++) {
          Tensor reference = expected.get(plan.outputs().get(i).name());
          Difference difference = Difference.between(bench.outputs().get(i).reshaped(reference.shape()), reference);
          assertThat(difference.isWithin(TOLERANCE)).as("on %d workers: %s", workers, difference).isTrue();
          assertThat(workers == 1 || Arrays.equals(first.get(i), computed.get(i))).isTrue();
        }
        first = workers == 1 ? computed : first;
      }
    }
  }

  private static Workbench bench(Plan plan, CpuTarget target, int side) {
    SearchSpace space = new SearchSpace(target.machine());
    List<Choice> choices = plan.steps().stream().map(step -> with(space.builtIn(step), side)).toList();
    return BuiltLibrary.bench(plan, 1, CpuEmitter.emit(plan, target.machine(), choices), target, MOST_WORKERS);
  }

  private static Choice with(Choice builtIn, int side) {
    return builtIn.has(Knob.WINOGRAD) ? builtIn.with(Knob.WINOGRAD, side) : builtIn;
  }

  /** NaN reaches the tiles that read it, and nothing else; whoever reads it is NaN. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void nanStaysWithinTiles(int side) {
    Graph graph = convolution("f32[1, 16, 16, 16]", "f32[16, 16, 3, 3] random(seed = 1)", "pads = [1, 1, 1, 1]");
    CpuTarget target = CpuTarget.ofThisMachine();
    Plan plan = Lowering.lower(graph, target.machine());
    float[] samples = SeededInputs.of(graph, 5).get("x").floats().clone();
    int row = 9;
    int column = 4;
    samples[5 * 256 + row * 16 + column] = Float.NaN;
    try (Workbench bench = bench(plan, target, side)) {
      bench.fill(Map.of("x", Tensor.of(samples, 1, 16, 16, 16)));
      bench.poison();
      bench.main(1);
      float[] computed = bench.outputs().getFirst().floats();
      for (int i = 0; i < computed.length; i++) {
        int y = i / 16 % 16;
        int x = i % 16;
        boolean reads = Math.abs(y - row) <= 1 && Math.abs(x - column) <= 1;
        boolean isInTile = isRead(row, y, side) && isRead(column, x, side);
        assertThat(Float.isNaN(computed[i])).as("row %d, column %d", y, x).isIn(reads, isInTile);
        assertThat(Float.isNaN(computed[i]) || !reads).isTrue();
      }
    }
  }

  /** Whether the tile of output {@code of} reads {@code place}. */
  private static boolean isRead(int place, int of, int side) {
    int first = of / side * side - 1;
    return place >= first && place < first + side + 2;
  }

  /** Large tiles where weights serve many rows; small maps, whose weights come from afar, in small tiles or none. */
  @ParameterizedTest
  @CsvSource({
    "64, 64, 56, 4, 4", "128, 128, 28, 4, 4", "256, 256, 14, 2, 4", "512, 512, 7, 2, 2", "512, 512, 3, 0, 0",
    "16, 16, 32, 4, 4"
  })
  void tilesAreChosenByTheirTime(int channels, int outputs, int extent, int wide, int narrow) {
    Graph graph =
        convolution(
            "f32[1, %d, %d, %d]".formatted(channels, extent, extent),
            "f32[%d, %d, 3, 3] random(seed = 1)".formatted(outputs, channels),
            "pads = [1, 1, 1, 1]");
    Step step = convolution(graph);
    assertThat(new SearchSpace(Machines.AVX512).builtIn(step).of(Knob.WINOGRAD)).isEqualTo(wide);
    assertThat(new SearchSpace(Machines.AVX2).builtIn(step).of(Knob.WINOGRAD)).isEqualTo(narrow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f32[1, 15, 9, 9] | f32[16, 15, 3, 3] random(seed = 1) | ",
        "f32[1, 16, 9, 9] | f32[15, 16, 3, 3] random(seed = 1) | ",
        "f32[1, 16, 9, 9] | f32[16, 16, 3, 3] random(seed = 1) | strides = [1, 2]",
        "f32[1, 16, 9, 9] | f32[16, 16, 3, 3] random(seed = 1) | dilations = [2, 1]",
        "f32[1, 16, 9, 9] | f32[16, 16, 3, 2] random(seed = 1) | ",
        "f32[1, 32, 9, 9] | f32[32, 16, 3, 3] random(seed = 1) | groups = 2",
        "f32[1, 16, 9, 9] | f32[16, 16, 3, 3] splat(2.0) | ",
        "f32[1, 16, 9, 9] | f32[16, 16, 3, 3] splat(1e31) | ",
        "f32[1, 16, 9, 9] | f32[16, 16, 3, 3] splat(nan) | "
      })
  void othersStayDirect(String input, String weight, String attributes) {
    Step step = convolution(convolution(input, weight, attributes == null ? "" : attributes));
    assertThat(new SearchSpace(Machines.AVX512).builtIn(step).has(Knob.WINOGRAD)).isFalse();
  }

  @Test
  void aSearchTriesTheOthers() {
    Step step = convolution(KernelFiles.graph("winograd.lpt", "square"));
    SearchSpace space = new SearchSpace(Machines.AVX512);
    Choice builtIn = space.builtIn(step);
    assertThat(space.around(step, builtIn, Breadth.FEW))
        .containsAll(
            IntStream.of(0, 2, 4).mapToObj(side -> builtIn.with(Knob.WINOGRAD, side)).filter(c -> !c.equals(builtIn)).toList());
  }

  private static Step convolution(Graph graph) {
    return Lowering.lower(graph, Machines.AVX512).steps().stream()
        .filter(step -> step.kind().equals("convolution"))
        .findFirst()
        .orElseThrow();
  }

  /** Of a map in slabs. */
  private static Graph convolution(String input, String weight, String attributes) {
    String kernel = weight.contains("3, 2]") ? "[3, 2]" : "[3, 3]";
    String text =
        """
        graph @convolution(%%x: %1$s) -> (%%y) {
          %%w = constant %2$s
          %%p = constant f32[%5$s, %5$s] splat(1.0)
          %%s = pointwise %%x, %%p
          %%y = convolution %%s, %%w {kernel = %3$s%4$s}
        }
        """
            .formatted(input, weight, kernel, attributes.isEmpty() ? "" : ", " + attributes, input.split(", ")[1]);
    return IrText.parse(text, "convolution");
  }
}

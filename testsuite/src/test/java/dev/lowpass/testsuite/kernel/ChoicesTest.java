package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.cpu.Choice;
import dev.lowpass.codegen.cpu.Machine;
import dev.lowpass.codegen.cpu.SearchSpace;
import dev.lowpass.codegen.plan.FusionReach;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tune.ChoiceRecord;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.codegen.tvm.CpuTarget;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is chosen changes how long a network takes, and nothing else. */
class ChoicesTest {
  static final List<CpuTarget> TARGETS = List.of(CpuTarget.ofThisMachine(), CpuTarget.X86_64_V3);

  @TempDir Path folder = Path.of("");

  /** Every kind of step that has choices, with remainders, and wide enough for every tile. */
  private static Graph network() {
    Sketch sketch = new Sketch("choices");
    Value x = sketch.input(1, 3, 57, 56);
    Value weight = sketch.constant(20, 3, 3, 3);
    Value stem = sketch.op(new Clip(0, 6), sketch.op(new Convolution(Window.of(3, 1, 1), 1), x, weight));
    Value block = sketch.pointwise(depthwise(sketch, stem, 1), 50);
    Value second = sketch.pointwise(depthwise(sketch, expanded(sketch, block, 70), 1), 50);
    Value sum = sketch.op(Binary.add(), block, second);
    Value small = depthwise(sketch, depthwise(sketch, sum, 2), 2);
    Value conv = sketch.op(new Convolution(Window.of(2, 1, 0), 1), small, sketch.constant(67, 50, 2, 2));
    Value deep = depthwise(sketch, expanded(sketch, conv, 100), 1);
    Value narrow = sketch.pointwise(deep, 68);
    Value head = sketch.op(new GlobalAveragePool(), depthwise(sketch, expanded(sketch, narrow, 90), 2));
    return sketch.output(sketch.pointwise(head, 210)).output(spectral(sketch)).graph();
  }

  private static Value spectral(Sketch sketch) {
    Value x = sketch.input(1, 33, 14, 14);
    Value wide =
        sketch.dct(x, new Block(7, 7), CoefficientOrder.ZIGZAG, sketch.fallingBands(33, 49));
    Value expanded = sketch.op(new Clip(0, 6), sketch.op(new Idct(), sketch.pointwise(wide, 70)));
    Value deep = sketch.op(new Clip(0, 6), depthwise(sketch, expanded, 1));
    Value back = sketch.dct(deep, new Block(7, 7), CoefficientOrder.ZIGZAG, sketch.fallingBands(70, 49));
    return sketch.op(new Idct(), sketch.pointwise(back, 68));
  }

  private static Value expanded(Sketch sketch, Value value, int channels) {
    return sketch.op(new Clip(0, 6), sketch.pointwise(value, channels));
  }

  private static Value depthwise(Sketch sketch, Value value, int stride) {
    Value taps = sketch.constant(value.type().shape().dim(1), 3, 3);
    return sketch.op(new Depthwise(Window.of(3, stride, 1)), value, taps);
  }

  private static CompileOptions options(String target, Tuning tuning) {
    return CompiledGraph.AS_IT_STANDS.withTarget(target).withTuning(tuning);
  }

  private static Compilation compile(Graph graph, Tuning tuning) {
    return new Compiler().compile(graph, options("cpu", tuning), Progress.silent());
  }

  private byte[] bytes(Compilation compilation) throws IOException {
    Path file = folder.resolve("compiled.lowpass");
    compilation.writeTo(file);
    return Files.readAllBytes(file);
  }

  private static ChoiceRecord record(Compilation compilation) {
    return ChoiceRecord.of("artifact", compilation.manifest());
  }

  /** Records in which every step has its i-th alternative, for every i. */
  private static List<ChoiceRecord> alternatives(Graph graph, CpuTarget target) {
    SearchSpace space = new SearchSpace(Machine.of(target));
    Plan plan = Lowering.lower(graph, FusionReach.AROUND_DEPTHWISE);
    List<ChoiceRecord> records = new ArrayList<>();
    boolean more = true;
    for (int i = 0; more; i++) {
      List<ChoiceRecord.Entry> entries = new ArrayList<>();
      more = false;
      for (Step step : plan.steps()) {
        Choice builtIn = space.builtIn(step);
        List<Choice> around = space.around(step, builtIn, SearchSpace.Breadth.MANY);
        more |= i < around.size();
        if (!builtIn.values().isEmpty()) {
          Choice choice = i < around.size() ? around.get(i) : builtIn;
          entries.add(new ChoiceRecord.Entry(step.name() + " [" + step.kind() + "]", choice.toString()));
        }
      }
      records.add(new ChoiceRecord("test", "cpu:" + target.name(), entries));
    }
    return records.subList(0, records.size() - 1);
  }

  @ParameterizedTest
  @FieldSource("TARGETS")
  void computeTheSame(CpuTarget target) {
    Graph graph = network();
    List<ChoiceRecord> alternatives = alternatives(graph, target);
    assertThat(alternatives).hasSizeGreaterThan(10);
    for (ChoiceRecord alternative : alternatives) {
      CompileOptions options = options("cpu:" + target.name(), new Tuning.Recorded(alternative));
      try (CompiledGraph compiled = CompiledGraph.of(graph, options)) {
        assertThat(record(compiled.compilation()).entries()).isEqualTo(alternative.entries());
        compiled.assertAgrees(graph, 1e-5);
      }
    }
  }

  @Test
  void ofARecordGiveTheSameBytes() throws IOException {
    Graph graph = network();
    Compilation builtIn = compile(graph, new Tuning.BuiltIn());
    assertThat(bytes(compile(graph, new Tuning.Recorded(record(builtIn))))).isEqualTo(bytes(builtIn));
    ChoiceRecord other = alternatives(graph, CpuTarget.ofThisMachine()).getFirst();
    Compilation chosen = compile(graph, new Tuning.Recorded(other));
    byte[] bytes = bytes(chosen);
    assertThat(bytes).isNotEqualTo(bytes(builtIn));
    assertThat(bytes(compile(graph, new Tuning.Recorded(record(chosen))))).isEqualTo(bytes);
  }

  @Test
  void areSearchedForOnce() throws IOException {
    Graph graph = network();
    Tuning search = new Tuning.Search(SearchSpace.Breadth.FEW, folder.resolve("times"));
    Compilation first = compile(graph, search);
    assertThat(first.tuning()).singleElement().asString().contains("variants were timed");
    byte[] bytes = bytes(first);
    Compilation again = compile(graph, search);
    assertThat(again.tuning()).singleElement().asString().contains("all times were in the cache");
    assertThat(bytes(again)).isEqualTo(bytes);
    assertThat(bytes(compile(graph, new Tuning.Recorded(record(first))))).isEqualTo(bytes);
    try (Stream<Path> files = Files.list(folder.resolve("times"))) {
      Files.writeString(files.findFirst().orElseThrow(), "nonsense");
    }
    assertThat(compile(graph, search).tuning())
        .hasSize(2)
        .anySatisfy(remark -> assertThat(remark).contains("measured again"));
  }

  @Test
  void ofOtherNetworksAreExplained() {
    Graph graph = network();
    ChoiceRecord own = record(compile(graph, new Tuning.BuiltIn()));
    Sketch sketch = new Sketch("other");
    Graph other = sketch.output(sketch.pointwise(sketch.input(1, 8, 14, 14), 8)).graph();
    assertUnfit(other, own, "where this model has");
    List<ChoiceRecord.Entry> entries = own.entries();
    assertUnfit(graph, with(own, entries.subList(1, entries.size())), "where this model has");
    assertUnfit(graph, with(own, entries.subList(0, entries.size() - 1)), "has no choice for");
    assertUnfit(graph, with(own, List.of(new ChoiceRecord.Entry(entries.getFirst().step(), "rows=1"))), "as this version");
    assertUnfit(graph, with(own, List.of(new ChoiceRecord.Entry(entries.getFirst().step(), "rows=99"))), "rows cannot be 99");
    List<ChoiceRecord.Entry> twice = Stream.concat(entries.stream(), entries.stream()).toList();
    assertUnfit(graph, with(own, twice), "this model ends before");
    assertUnfit(graph, new ChoiceRecord("file", "cpu:pentium", entries), "for cpu:pentium, not for cpu:");
  }

  private static ChoiceRecord with(ChoiceRecord record, List<ChoiceRecord.Entry> entries) {
    return new ChoiceRecord("file", record.target(), entries);
  }

  private static void assertUnfit(Graph graph, ChoiceRecord record, String why) {
    assertThatThrownBy(() -> compile(graph, new Tuning.Recorded(record)))
        .hasMessageStartingWith("LP4014 ")
        .hasMessageContaining(why);
  }

  @Test
  void areNotSearchedForOnADevice() {
    Tuning search = new Tuning.Search(SearchSpace.Breadth.FEW, folder);
    assertThatThrownBy(
            () -> new Compiler().compile(network(), options("opencl", search), Progress.silent()))
        .hasMessageStartingWith("LP4013 ");
  }
}

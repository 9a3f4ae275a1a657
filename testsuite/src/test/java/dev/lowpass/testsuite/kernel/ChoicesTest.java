package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.cpu.SearchSpace;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tune.ChoiceRecord;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen changes how long a network takes, and nothing else. */
class ChoicesTest {
  @TempDir Path folder = Path.of("");

  /** A block and a product. */
  private static Graph network() {
    return network(14);
  }

  private static Graph network(int width) {
    Sketch sketch = new Sketch("choices");
    Value x = sketch.input(1, 20, 14, width);
    Value expanded = sketch.op(new Clip(0, 6), sketch.pointwise(x, 70));
    Value deep = sketch.op(new Depthwise(Window.of(3, 1, 1)), expanded, sketch.constant(70, 3, 3));
    return sketch.output(sketch.pointwise(deep, 50)).graph();
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
    return ChoiceRecord.of("artifact", compilation.manifest()).getFirst();
  }

  /** A record of the first alternative for every step. */
  private static ChoiceRecord alternative(Graph graph) {
    CpuTarget target = CpuTarget.ofThisMachine();
    SearchSpace space = new SearchSpace(target.machine());
    List<ChoiceRecord.Entry> entries = new ArrayList<>();
    for (Step step : Lowering.lower(graph, target.machine()).steps()) {
      List<Choice> around = space.around(step, space.builtIn(step), Breadth.FEW);
      if (!around.isEmpty()) {
        entries.add(ChoiceRecord.Entry.of(step, around.getFirst()));
      }
    }
    return new ChoiceRecord("test", "cpu:" + target.name(), entries);
  }

  @Test
  void ofARecordGiveTheSameBytes() throws IOException {
    Graph graph = network();
    Compilation builtIn = compile(graph, new Tuning.BuiltIn());
    assertThat(bytes(compile(graph, new Tuning.Recorded(record(builtIn))))).isEqualTo(bytes(builtIn));
    ChoiceRecord other = alternative(graph);
    Compilation chosen = compile(graph, new Tuning.Recorded(other));
    assertThat(record(chosen).entries()).isEqualTo(other.entries());
    byte[] bytes = bytes(chosen);
    assertThat(bytes).isNotEqualTo(bytes(builtIn));
    assertThat(bytes(compile(graph, new Tuning.Recorded(record(chosen))))).isEqualTo(bytes);
  }

  @Test
  void areSearchedForOnce() throws IOException {
    Graph graph = network();
    Tuning search = new Tuning.Search(Breadth.FEW, folder.resolve("times"));
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
    assertUnfit(network(28), own, "where this model has");
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
    Tuning search = new Tuning.Search(Breadth.FEW, folder);
    assertThatThrownBy(
            () -> new Compiler().compile(network(), options("opencl", search), Progress.silent()))
        .hasMessageStartingWith("LP4013 ");
  }
}

package dev.lowpass.testsuite.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.answer.Head;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real classifiers get other classes, in memory and in a file. */
class NewHeadsTest {
  private static final int CLASSES = 7;

  static Stream<TestModel> models() {
    return TestModel.ALL.stream();
  }

  private static Graph canonical(Graph graph) {
    return PassManager.verifying().run(Pipelines.canonical(), graph, PassContext.of(Machines.AVX512));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aClassifierGetsOtherClasses(TestModel model) throws IOException {
    Optional<byte[]> bytes = model.bytes();
    Assumptions.assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    Graph whole = canonical(model.imported(bytes.get()));
    Graph changed = Head.of(whole).replaced(CLASSES, 1);
    assertThat(changed.nodes()).as("the bias may be new").hasSizeBetween(whole.nodes().size(), whole.nodes().size() + 1);
    assertThat(Answer.scored(changed).outputs().getFirst().value().type().shape()).isEqualTo(Shape.of(1, CLASSES));
    byte[] written = OnnxWriter.write(changed, new LinkedHashMap<>());
    Graph read = canonical(OnnxReader.read(written, model.name(), ImportOptions.defaults()).graph());
    assertThat(Head.of(read).layer().location()).isEqualTo(Head.of(whole).layer().location());
    assertThat(read.outputs().getFirst().name()).isEqualTo(whole.outputs().getFirst().name());
  }
}

package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that read a smaller picture than they were trained for. */
class ShrunkPicturesTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder = Path.of("");

  /** What ONNX Runtime makes of the model with a Resize before it; the compiler's own check looks as well. */
  @Test
  void mobileNetV2ShrinksThePictureItself() throws IOException {
    TestModel model = TestModel.of("mobilenet_v2_1.0_224");
    BandsFile bands = BandsFile.parse("bands 1\ninput \"input\" 192x192\n", "small.bands");
    CompiledModel compiled =
        CompiledModel.of(model, CompileOptions.defaults().withBands(bands), folder);
    Graph imported = model.imported(CompiledModel.bytes(model));
    assertThat(compiled.graph().inputs()).isEqualTo(imported.inputs());
    Map<String, Tensor> inputs = SeededInputs.of(imported, 7);
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(OnnxWriter.write(shrunk(imported, bands), new LinkedHashMap<>()))) {
      Map<String, Tensor> expected = peer.run(inputs);
      CompiledModel.assertSame(compiled.run(inputs, 1), expected, TOLERANCE);
      CompiledModel.assertSame(compiled.run(inputs, 2), expected, TOLERANCE);
    }
  }

  private static Graph shrunk(Graph imported, BandsFile bands) {
    PassContext context = PassContext.of(Machines.AVX512).with(bands);
    return PassManager.verifying().run(Pipelines.parse("shrink-input"), imported, context);
  }

  /** A program that brings the small picture itself gets what the artifact makes of the whole one. */
  @Test
  void aSmallPictureIsTheWholeOneShrunk() throws IOException {
    TestModel model = TestModel.TEXT_DIRECTION;
    InputSize size = InputSize.of(48, 128);
    CompileOptions options = CompileOptions.defaults();
    CompiledModel whole = CompiledModel.of(model, options.withPictures(PictureSettings.of(size)), folder);
    CompiledModel small =
        CompiledModel.of(model, options.withPictures(new PictureSettings(Optional.of(size), true)), folder);
    assertThat(whole.graph().inputs().getFirst().type().shape()).isEqualTo(Shape.of(1, 3, 48, 192));
    assertThat(small.graph().inputs().getFirst().type().shape()).isEqualTo(Shape.of(1, 3, 48, 128));
    Map<String, Tensor> pictures = SeededInputs.of(whole.graph(), 7);
    Map<String, Tensor> shrunk = new LinkedHashMap<>();
    pictures.forEach((name, picture) -> shrunk.put(name, Interpreter.evaluate(size.resize(), List.of(picture))));
    CompiledModel.assertSame(small.run(shrunk, 1), whole.run(pictures, 1), TOLERANCE);
  }

  @Test
  void withoutBandsTheSizeHolds() throws IOException {
    TestModel model = TestModel.TEXT_DIRECTION;
    CompileOptions options = CompiledModel.DENSE.withPictures(PictureSettings.of(InputSize.of(48, 128)));
    Graph graph = CompiledModel.of(model, options, folder).graph();
    assertThat(graph.nodes())
        .filteredOn(node -> node.op() instanceof Resize)
        .singleElement()
        .satisfies(node -> assertThat(node.type()).isEqualTo(TensorType.f32(1, 3, 48, 128)));
  }
}

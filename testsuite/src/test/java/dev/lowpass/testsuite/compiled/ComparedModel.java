package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.testsuite.model.FullBands;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A model that must compute what ONNX Runtime computes, with nothing dropped. {@code -Derrors=true} prints how far each
 * output is from that.
 *
 * @param onnx the bytes of an ONNX file
 * @param shapes of its inputs by name, where the file leaves them open
 * @param inputs what it computes on, for the graph as it was imported
 * @param folder for files that are made on the way
 */
record ComparedModel(
    String name,
    byte[] onnx,
    Map<String, Shape> shapes,
    Function<Graph, ? extends Map<String, Tensor>> inputs,
    Path folder) {
  private static final double TOLERANCE = 1e-4;
  private static final boolean PRINTS_ERRORS = Boolean.getBoolean("errors");

  Stream<DynamicTest> tests() {
    return Stream.of(
        dynamicTest("dense", this::assertDenseAgrees), dynamicTest("full bands", this::assertFullBandsAgree));
  }

  CompiledModel compiled(CompileOptions options) throws IOException {
    return CompiledModel.of(name, onnx, options.withShapes(shapes), folder);
  }

  private void assertDenseAgrees() throws IOException {
    assertAgrees("dense", compiled(CompiledModel.DENSE));
  }

  /** Every pointwise layer on a map has bands that keep all, whether they pay or not. */
  private void assertFullBandsAgree() throws IOException {
    BandsFile bands = FullBands.ofImported(imported());
    CompiledModel compiled = compiled(CompiledModel.everyLayerLowpassed(bands));
    assertAgrees("full bands", compiled);
    if (!bands.layers().isEmpty()) {
      assertThat(compiled.graph().nodes())
          .as("layers in the frequency domain")
          .anyMatch(node -> !node.type().isSpatial());
    }
  }

  private void assertAgrees(String form, CompiledModel compiled) {
    Map<String, Tensor> given = Map.copyOf(inputs.apply(imported()));
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(onnx)) {
      Map<String, Tensor> expected = peer.run(given);
      Map<String, Tensor> outputs = compiled.run(given, 2);
      if (PRINTS_ERRORS) {
        expected.forEach((output, tensor) -> print(form, output, Difference.between(outputs.get(output), tensor)));
      }
      CompiledModel.assertSame(outputs, expected, TOLERANCE);
    }
  }

  private void print(String form, String output, Difference difference) {
    System.out.printf("%s %s, %s, %s: %s%n", name, shapes, form, output, difference);
  }

  private Graph imported() {
    ImportOptions options = ImportOptions.defaults();
    for (Map.Entry<String, Shape> input : shapes.entrySet()) {
      options = options.withShape(input.getKey(), input.getValue());
    }
    return OnnxReader.read(onnx, name, options).graph();
  }
}

package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.TextFormat;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that read places which other values name, interpreted and compiled, against ONNX Runtime. */
class SamplingOperatorsTest {
  private static final double TOLERANCE = 1e-5;

  private final Random random = new Random(11);
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"linear, zeros, 0", "linear, reflection, 1", "cubic, zeros, 1", "nearest, reflection, 0", "nearest, border, 1"})
  void maps(String mode, String padding, int corners) throws TextFormat.ParseException {
    input("x", 1, 2, 3, 6, 7);
    input("grid", 0.8f, 2, 4, 8, 2);
    assertAgrees(gridSample(mode, padding, corners));
  }

  @ParameterizedTest
  @CsvSource({"linear, border, 0", "linear, zeros, 1", "nearest, zeros, 0"})
  void volumes(String mode, String padding, int corners) throws TextFormat.ParseException {
    input("x", 1, 1, 2, 3, 4, 5);
    input("grid", 0.8f, 1, 2, 3, 4, 3);
    assertAgrees(gridSample(mode, padding, corners));
  }

  private static String gridSample(String mode, String padding, int corners) {
    return """
        node { op_type: "GridSample" input: "x" input: "grid" output: "y"
          attribute { name: "mode" type: STRING s: "%s" }
          attribute { name: "padding_mode" type: STRING s: "%s" }
          attribute { name: "align_corners" type: INT i: %d } }
        """
        .formatted(mode, padding, corners);
  }

  @ParameterizedTest
  @CsvSource({"avg, half_pixel", "avg, output_half_pixel", "max, half_pixel"})
  void regions(String mode, String places) throws TextFormat.ParseException {
    input("x", 1, 2, 3, 9, 8);
    input("regions", 6, 4, 4);
    assertAgrees(
        """
        initializer { name: "images" data_type: 7 dims: 4 int64_data: [1, 0, 1, 1] }
        node { op_type: "RoiAlign" input: "x" input: "regions" input: "images" output: "y"
          attribute { name: "mode" type: STRING s: "%s" }
          attribute { name: "coordinate_transformation_mode" type: STRING s: "%s" }
          attribute { name: "sampling_ratio" type: INT i: 2 }
          attribute { name: "output_height" type: INT i: 3 }
          attribute { name: "output_width" type: INT i: 2 }
          attribute { name: "spatial_scale" type: FLOAT f: 0.7 } }
        """
            .formatted(mode, places));
  }

  @Test
  void transposedConvolutionWithWeightsOfRunTime() throws TextFormat.ParseException {
    input("x", 1, 2, 4, 5, 6);
    input("w", 1, 4, 3, 3, 2);
    input("b", 1, 6);
    assertAgrees(
        """
        node { op_type: "ConvTranspose" input: "x" input: "w" input: "b" output: "y"
          attribute { name: "group" type: INT i: 2 }
          attribute { name: "strides" type: INTS ints: [2, 3] }
          attribute { name: "pads" type: INTS ints: [1, 0, 0, 1] } }
        """);
  }

  @Test
  void placesOfMaximaInVolumes() throws TextFormat.ParseException {
    input("x", 1, 2, 3, 5, 6, 7);
    assertAgrees(
        """
        node { op_type: "MaxPool" input: "x" output: "maxima" output: "places"
          attribute { name: "kernel_shape" type: INTS ints: [2, 3, 2] }
          attribute { name: "strides" type: INTS ints: [2, 1, 2] }
          attribute { name: "pads" type: INTS ints: [1, 1, 0, 0, 1, 1] }
          attribute { name: "storage_order" type: INT i: 1 } }
        node { op_type: "Cast" input: "places" output: "y" attribute { name: "to" type: INT i: 1 } }
        """);
  }

  @Test
  void sumsOverSharedAxes() throws TextFormat.ParseException {
    input("a", 1, 2, 3, 4);
    input("b", 1, 4, 2, 5);
    input("c", 1, 3);
    assertAgrees(
        """
        node { op_type: "Einsum" input: "a" input: "b" input: "c" output: "y"
          attribute { name: "equation" type: STRING s: "bij,jbk,i->kb" } }
        """);
  }

  private void input(String name, float spread, int... shape) {
    float[] values = new float[Math.toIntExact(Shape.of(shape).elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = spread * (float) random.nextGaussian();
    }
    inputs.put(name, Tensor.of(values, shape));
  }

  private void assertAgrees(String nodes) throws TextFormat.ParseException {
    String declared = inputs.entrySet().stream().map(this::declared).collect(Collectors.joining());
    String text =
        "ir_version: 8 opset_import { version: 20 } graph { name: \"main\" %s %s output { name: \"y\" type { tensor_type { elem_type: 1 } } } }"
            .formatted(declared, nodes);
    byte[] model = TextFormat.parse(text, ModelProto.class).toByteArray();
    Graph graph = OnnxReader.read(model, "model", ImportOptions.defaults()).graph();
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(model);
        CompiledGraph compiled = CompiledGraph.of(graph, CompileOptions.defaults())) {
      Tensor expected = peer.run(inputs).firstEntry().getValue();
      assertClose(Interpreter.run(graph, inputs).firstEntry().getValue(), expected);
      assertClose(compiled.outputs(inputs, 2).values().iterator().next(), expected);
    }
  }

  private String declared(Map.Entry<String, Tensor> input) {
    String dims =
        input.getValue().shape().dims().stream().map("dim { dim_value: %d } "::formatted).collect(Collectors.joining());
    return "input { name: \"%s\" type { tensor_type { elem_type: 1 shape { %s} } } } ".formatted(input.getKey(), dims);
  }

  private static void assertClose(Tensor found, Tensor expected) {
    assertThat(found.type()).isEqualTo(expected.type());
    Difference difference = Difference.between(found, expected);
    assertThat(difference.isWithin(TOLERANCE)).as("%s", difference).isTrue();
  }
}

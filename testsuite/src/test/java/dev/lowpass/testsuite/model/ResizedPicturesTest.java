package dev.lowpass.testsuite.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference resizes pictures as ONNX Runtime does what is written for it. */
class ResizedPicturesTest {
  /** ONNX Runtime works out where samples lie in single precision. */
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "224x224, '192, 192', cubic",
    "224x224, '192, 192', linear",
    "224x224, '192, 192', dct",
    "37x50, '12, 49', cubic",
    "37x50, '12, 49', linear",
    "36x50, '12, 45', dct",
    "20x11, '33, 30', cubic",
    "20x11, '33, 30', linear",
    "20x15, '32, 30', dct",
    "20x9, '1, 9', cubic"
  })
  void asOnnxRuntimeDoes(String from, String size, String filter) {
    String text =
        """
        graph @resize(%%x: f32[2, 3, %s]) -> (%%y) {
          %%y = resize %%x {size = [%s], filter = %s}
        }
        """
            .formatted(from.replace("x", ", "), size, filter);
    Graph graph = IrText.parse(text, "resize.ir");
    Map<String, Tensor> inputs = SeededInputs.of(graph, 3);
    Tensor expected;
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(OnnxWriter.write(graph, new LinkedHashMap<>()))) {
      expected = peer.run(inputs).get("y");
    }
    Difference difference = Difference.between(Interpreter.run(graph, inputs).get("y"), expected);
    assertThat(difference.isWithin(TOLERANCE)).as("%s", difference).isTrue();
  }
}

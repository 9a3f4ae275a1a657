package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.lowpass.ir.LowpassException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no models, models that are no graphs, and graphs that cannot be imported: one line each. */
class ModelErrorsTest {
  private static ModelBuilder small() {
    return ModelBuilder.opset(13)
        .input("x", 1, 2, 4, 4)
        .weight("w", 2, 2, 1, 1)
        .node("Conv", List.of("x", "w"), "c", ModelBuilder.integers("strides", 2, 2))
        .node("Relu", List.of("c"), "y")
        .output("y");
  }

  private static void read(byte[] bytes) {
    OnnxReader.read(bytes, "test.onnx", ImportOptions.defaults());
  }

  @Test
  void aMissingFile(@TempDir Path folder) {
    assertThatThrownBy(() -> OnnxReader.read(folder.resolve("no.onnx"), ImportOptions.defaults()))
        .hasMessage("LP1002 " + folder.resolve("no.onnx") + ": there is no such file");
    assertThatThrownBy(() -> OnnxReader.read(folder, ImportOptions.defaults()))
        .hasMessage("LP1002 " + folder + ": cannot be read: is a folder, not a file");
  }

  @Test
  void garbage() {
    assertThatThrownBy(() -> read("this is a text file".getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("LP1001 test.onnx: not an ONNX model: ");
    assertThatThrownBy(() -> read(new byte[0])).hasMessage("LP1001 test.onnx: not an ONNX model: it holds no graph");
  }

  @Test
  void everyTruncationIsALowpassError() {
    byte[] whole = small().bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(LowpassException.class);
    }
  }

  @Test
  void everyFlippedBitIsAModelOrALowpassError() {
    byte[] whole = small().bytes();
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        read(changed);
      } catch (LowpassException expected) {
        assertThat(expected.getMessage()).as("bit %d", bit).matches("(?s)LP1\\d{3} .*");
      }
    }
  }

  @Test
  void opsetsThatAreNotRead() {
    assertThatThrownBy(() -> read(ModelBuilder.opset(99).input("x", 1).output("x").bytes()))
        .hasMessage("LP1003 test.onnx: written for opset 99; opsets 6 to 28 are read; convert the model");
    ModelBuilder silent = small();
    silent.proto().clearOpsetImport();
    assertThatThrownBy(silent::read).hasMessageStartingWith("LP1003 test.onnx: does not say which version");
  }

  @Test
  void allUnsupportedOperatorsAreListedBeforeAnythingElse() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 1, "H");
    String last = "x";
    for (int i = 0; i < 4; i++) {
      model.node("LSTM", List.of(last), "e" + i);
      last = "e" + i;
    }
    model.node("STFT", List.of(last), "n").node("FusedConv", List.of("n"), "f").output("f");
    model.proto().getGraphBuilder().getNodeBuilder(5).setDomain("com.microsoft");
    assertThatThrownBy(model::read)
        .hasMessage(
            "LP1004 test.onnx: operators that are not supported: LSTM (4: e0_node, e1_node, e2_node, …); STFT (1: n_node);"
                + " com.microsoft.FusedConv (1: f_node)");
  }

  @Test
  void operatorsThatNoOutputNeedsDoNotMatter() {
    ModelBuilder model = small().node("LSTM", List.of("y"), "unused");
    assertThatCode(model::read).doesNotThrowAnyException();
  }

  @Test
  void aModelWithoutOutputsIsRefused() {
    ModelBuilder model = small();
    model.proto().getGraphBuilder().clearOutput();
    assertThatThrownBy(() -> OnnxReader.read(model.bytes(), "test.onnx", ImportOptions.defaults()))
        .hasMessage("LP1005 test: has no outputs");
  }

  @Test
  void anOutputThatIsListedTwiceIsGivenOnce() {
    ImportedModel model = small().output("y").model(ImportOptions.defaults());
    assertThat(model.graph().outputs()).hasSize(1);
    assertThat(model.remarks()).containsExactly("output y: is listed twice, and given once");
  }

  @Test
  void subgraphsThatAreRepeatedByDataAreNotSupported() {
    AttributeProto body = AttributeProto.newBuilder().setName("body").setType(AttributeType.GRAPH).build();
    ModelBuilder model = ModelBuilder.opset(13).input("x", 1).node("Scan", List.of("x"), "y", body);
    assertThatThrownBy(model::read)
        .hasMessageContaining("LP1004 test.onnx: operators that are not supported: Scan (1: y_node)");
  }

  @Test
  void namesAreDefinedOnce() {
    assertThatThrownBy(small().node("Relu", List.of("x"), "c")::read)
        .hasMessage("LP1005 c_node: defines 'c', which is defined already");
    assertThatThrownBy(small().weight("w", 1)::read).hasMessage("LP1005 w: is defined by two initializers");
    assertThatThrownBy(small().input("x", 1)::read).hasMessageStartingWith("LP1005 x: is the name of two inputs");
  }

  @Test
  void namesAreDefinedAtAll() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 1).node("Add", List.of("x", "z"), "y");
    assertThatThrownBy(model::read).hasMessage("LP1005 y_node: reads 'z', which nothing defines");
    assertThatThrownBy(small().output("z")::read).hasMessage("LP1005 the model: reads 'z', which nothing defines");
  }

  @Test
  void cycles() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1).node("Add", List.of("x", "b"), "a").node("Relu", List.of("a"), "b");
    assertThatThrownBy(model::read).hasMessage("LP1005 a_node: depends on its own result");
  }

  @Test
  void nodesMayBeInAnyOrder() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1).node("Relu", List.of("a"), "y").node("Abs", List.of("x"), "a").output("y");
    assertThat(model.operators()).extracting(op -> op.mnemonic()).containsExactly("abs", "relu");
  }

  @Test
  void missingOperandsAndAttributesOfAnotherType() {
    assertThatThrownBy(ModelBuilder.opset(13).input("x", 1).node("Add", List.of("x", ""), "y")::read)
        .hasMessage("LP1010 y_node: Add is malformed: operand 1 is missing");
    assertThatThrownBy(
            ModelBuilder.opset(13)
                .input("x", 1)
                .node("Softmax", List.of("x"), "y", ModelBuilder.text("axis", "1"))::read)
        .hasMessage("LP1010 y_node: Softmax is malformed: attribute 'axis' is of type STRING, not INT");
  }

  @Test
  void initializersHaveTheSizeOfTheirShape() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2).node("Add", List.of("x", "w"), "y");
    TensorProto.Builder weight = model.proto().getGraphBuilder().addInitializerBuilder().setName("w").setDataType(1);
    weight.addDims(2).setRawData(ByteString.copyFrom(new byte[7]));
    assertThatThrownBy(model::read).hasMessage("LP1006 w: holds 7 bytes, but its shape [2] takes 8");
    weight.setDims(0, 1L << 40);
    assertThatThrownBy(model::read).hasMessage("LP1006 w: has the impossible shape [1099511627776]");
    weight.setDims(0, 1L << 30);
    assertThatThrownBy(model::read).hasMessageStartingWith("LP1012 w: a tensor of shape [1073741824]");
    weight.setDims(0, 2).setDataType(TensorProto.DataType.COMPLEX64.getNumber());
    assertThatThrownBy(model::read).hasMessageStartingWith("LP1006 w: holds elements of ONNX type COMPLEX64");
  }
}

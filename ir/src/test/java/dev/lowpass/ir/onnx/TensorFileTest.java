package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors in files and in all the ways that ONNX stores them. */
class TensorFileTest {
  private static TensorProto.Builder proto(DataType type, long... dims) {
    TensorProto.Builder proto = TensorProto.newBuilder().setDataType(type.getNumber());
    for (long dim : dims) {
      proto.addDims(dim);
    }
    return proto;
  }

  private static Tensor decode(TensorProto.Builder proto) {
    return TensorDecoder.selfContained().decode(proto.build(), "tensor");
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    Tensor tensor = Tensor.of(new float[] {1, -0.0f, Float.NaN, Float.MIN_VALUE}, 2, 2);
    TensorFile.write(folder.resolve("t.pb"), "t", tensor);
    assertThat(TensorFile.read(folder.resolve("t.pb"))).isEqualTo(tensor);
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing else is left").hasSize(1);
    }
  }

  @Test
  void integersOfEveryTypeAreWrittenAndRead() {
    for (ElementType element : ElementType.values()) {
      if (!element.isFloating()) {
        Tensor tensor = Tensor.ofIntegers(element, new long[] {1, 0, 1}, Shape.of(3));
        assertThat(TensorDecoder.selfContained().decode(TensorEncoder.encode("t", tensor), "t")).isEqualTo(tensor);
      }
    }
  }

  @Test
  void typedFields() {
    assertThat(decode(proto(DataType.FLOAT, 2).addFloatData(1).addFloatData(2)).floats()).containsExactly(1, 2);
    assertThat(decode(proto(DataType.DOUBLE).addDoubleData(0.1)).floats()).containsExactly(0.1f);
    assertThat(decode(proto(DataType.FLOAT16, 1).addInt32Data(0xC100)).floats()).containsExactly(-2.5f);
    assertThat(decode(proto(DataType.BFLOAT16, 1).addInt32Data(0xC020)).floats()).containsExactly(-2.5f);
    assertThat(decode(proto(DataType.INT64, 1).addInt64Data(Long.MIN_VALUE)).integers())
        .containsExactly(Long.MIN_VALUE);
    assertThat(decode(proto(DataType.UINT8, 1).addInt32Data(255)).integers()).containsExactly(255);
    assertThat(decode(proto(DataType.UINT32, 1).addUint64Data(4_000_000_000L)).integers())
        .containsExactly(4_000_000_000L);
  }

  @Test
  void emptyTensors() {
    assertThat(decode(proto(DataType.FLOAT, 0)).floats()).isEmpty();
    assertThatThrownBy(() -> decode(proto(DataType.FLOAT, 3)))
        .hasMessage("LP1006 tensor: holds 0 elements, but its shape [3] takes 3");
  }

  @Test
  void filesThatAreNoTensors(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("t.pb"), "this is a text file");
    assertThatThrownBy(() -> TensorFile.read(text)).hasMessageStartingWith("LP1006 " + text + ": not an ONNX tensor: ");
    assertThatThrownBy(() -> TensorFile.read(folder.resolve("no.pb"))).hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> TensorFile.write(folder.resolve("no/t.pb"), "t", Tensor.scalar(1)))
        .hasMessageContaining("cannot be written: there is no folder");
  }
}

package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.nio.file.Path;

/** One tensor in a file, as in ONNX's test data sets ({@code input_0.pb}). */
public final class TensorFile {
  private TensorFile() {}

  /**
   * Reads a tensor.
   *
   * @throws LowpassException LP1002 if the file cannot be read, LP1006 if it holds no tensor or one that cannot be used
   */
  public static Tensor read(Path file) {
    byte[] bytes = ModelSource.readFile(file, Limits.usual());
    try {
      return TensorDecoder.selfContained().decode(TensorProto.parseFrom(bytes), file.toString());
    } catch (InvalidProtocolBufferException e) {
      throw new LowpassException("LP1006", file.toString(), "not an ONNX tensor: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a tensor called {@code name}; the file is there whole or not at all.
   *
   * @throws LowpassException LP1002 if the file cannot be written
   */
  public static void write(Path file, String name, Tensor tensor) {
    AtomicFile.write(file, TensorEncoder.encode(name, tensor).toByteArray());
  }
}

package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.tensor.ExternalData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of an ONNX file.
 *
 * @param place the file's name in errors
 * @param external where tensors outside the file may be read
 */
record ModelSource(String place, byte[] bytes, ExternalData external) {
  /** A protobuf message is at most 2 GB; larger models keep their weights in external files. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 64;

  static ModelSource of(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return new ModelSource(
        file.toString(), readFile(file), folder == null ? ExternalData.none() : ExternalData.in(folder));
  }

  /** The contents of a file of at most 2 GB, or error LP1002. */
  static byte[] readFile(Path file) {
    if (!Files.exists(file)) {
      throw new LowpassException("LP1002", file.toString(), "there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new LowpassException("LP1002", file.toString(), "is not a file");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new LowpassException(
            "LP1002", file.toString(), "is larger than 2 GB; keep weights in external data files");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new LowpassException("LP1002", file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The message in the file, or error LP1001. */
  ModelProto parse() {
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      if (!model.hasGraph()) {
        throw new LowpassException("LP1001", place, "not an ONNX model: it holds no graph");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new LowpassException("LP1001", place, "not an ONNX model: " + e.getMessage(), e);
    }
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

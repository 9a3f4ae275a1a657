package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.onnx.tensor.ExternalData;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of an ONNX file.
 *
 * @param place the file's name in errors
 * @param external where tensors outside the file may be read
 * @param limits how deep messages may lie in each other
 */
record ModelSource(String place, byte[] bytes, ExternalData external, Limits limits) {
  /** How protobuf says that messages lie in each other deeper than they may; it has no type for that. */
  private static final String TOO_DEEP = "too many levels of nesting";

  static ModelSource of(Path file, Limits limits) {
    Path folder = file.toAbsolutePath().getParent();
    return new ModelSource(
        file.toString(),
        readFile(file, limits),
        folder == null ? ExternalData.none() : ExternalData.in(folder),
        limits);
  }

  /** The contents of a file, or error LP1002; LP1012 if it is larger than the limit. */
  static byte[] readFile(Path file, Limits limits) {
    try {
      return InputFile.bytes(file, Limit.FILE, limits);
    } catch (NoSuchFileException e) {
      throw new LowpassException("LP1002", file.toString(), "there is no such file", e);
    } catch (IOException e) {
      throw new LowpassException("LP1002", file.toString(), "cannot be read: " + FileProblem.of(e), e);
    }
  }

  /** The message in the file, or error LP1001. */
  ModelProto parse() {
    try {
      CodedInputStream stream = CodedInputStream.newInstance(bytes);
      stream.setRecursionLimit((int) limits.of(Limit.NESTING));
      ModelProto model = ModelProto.parseFrom(stream);
      stream.checkLastTagWas(0);
      if (!model.hasGraph()) {
        throw new LowpassException("LP1001", place, "not an ONNX model: it holds no graph");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      if (String.valueOf(e.getMessage()).contains(TOO_DEEP)) {
        limits.check(Limit.NESTING, place, "a message", limits.of(Limit.NESTING) + 1);
      }
      throw new LowpassException("LP1001", place, "not an ONNX model: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
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

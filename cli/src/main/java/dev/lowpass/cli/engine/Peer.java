package dev.lowpass.cli.engine;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.limit.Limit;
import java.io.IOException;
import java.nio.file.Path;

/** What {@code --against} names: another engine and its model, written {@code onnxruntime=MODEL.onnx}. */
public record Peer(Path model) {
  private static final String PREFIX = "onnxruntime=";

  /** @throws LowpassException LP7021 for an engine that we do not have */
  public static Peer parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new LowpassException("LP7021", "--against " + text, "no such engine; there is onnxruntime=MODEL.onnx");
    }
    return new Peer(Path.of(text.substring(PREFIX.length())));
  }

  /** Loads it; errors are those of {@link OnnxRuntimeEngine#load} and of reading the file. */
  public Engine load(int threads) throws IOException {
    return OnnxRuntimeEngine.load("onnxruntime", model.toString(), InputFile.bytes(model, Limit.FILE), threads);
  }
}

package dev.lowpass.ir.onnx.tensor;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tensor data in files beside the model (ONNX "external data"). The model names the files, so only regular files inside
 * its own folder are read, symbolic links followed, and never more bytes of a file than it has.
 */
public final class ExternalData {
  private final Optional<Path> folder;
  private final Map<Path, Long> unread = new LinkedHashMap<>();

  private ExternalData(Optional<Path> folder) {
    this.folder = folder;
  }

  /** No folder: a model with external data is an error. */
  public static ExternalData none() {
    return new ExternalData(Optional.empty());
  }

  /** Files inside {@code folder}. */
  public static ExternalData in(Path folder) {
    return new ExternalData(Optional.of(folder));
  }

  /**
   * Reads the {@code expected} bytes of {@code tensor}.
   *
   * @throws LowpassException LP1006 if the file lies elsewhere, is missing or too short
   */
  ByteBuffer read(TensorProto tensor, long expected, String place) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      keys.put(entry.getKey(), entry.getValue());
    }
    String location = keys.getOrDefault("location", "");
    long offset = number(keys, "offset", 0, place);
    long length = number(keys, "length", expected, place);
    if (length != expected) {
      throw TensorDecoder.error(
          place, "has %d bytes of external data, but its shape takes %d".formatted(length, expected));
    }
    try {
      Path file = file(location, place);
      long size = Files.size(file);
      long left = unread.getOrDefault(file, size) - length;
      if (offset > size || length > size - offset || left < 0) {
        throw TensorDecoder.error(
            place, "wants %d bytes at %d of %s, which has %d".formatted(length, offset, location, size));
      }
      unread.put(file, left);
      return read(file, offset, Math.toIntExact(length));
    } catch (IOException | InvalidPathException e) {
      throw TensorDecoder.error(place, "external data file '" + location + "' cannot be read: " + e.getMessage());
    }
  }

  private Path file(String location, String place) throws IOException {
    Path within =
        folder.orElseThrow(
            () -> TensorDecoder.error(place, "has its data in another file, but was not read from a folder"));
    Path relative = Path.of(location);
    boolean climbs = relative.isAbsolute() || location.isEmpty();
    for (Path part : relative) {
      climbs |= part.toString().equals("..");
    }
    if (climbs) {
      throw TensorDecoder.error(place, "external data file '" + location + "' is not inside the model's folder");
    }
    Path file = within.resolve(relative).toRealPath();
    if (!file.startsWith(within.toRealPath()) || !Files.isRegularFile(file)) {
      throw TensorDecoder.error(place, "external data file '" + location + "' is not inside the model's folder");
    }
    return file;
  }

  private static ByteBuffer read(Path file, long offset, int length) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file)) {
      while (data.hasRemaining()) {
        if (channel.read(data, offset + data.position()) < 0) {
          throw new IOException("ends early");
        }
      }
    }
    return data.flip();
  }

  private static long number(Map<String, String> keys, String key, long defaultValue, String place) {
    String text = keys.get(key);
    if (text == null) {
      return defaultValue;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException ignored) {
      // Reported below, like a negative number.
    }
    throw TensorDecoder.error(place, "external data has " + key + " '" + text + "', not a number of bytes");
  }
}

package dev.lowpass.ir.onnx.tensor;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tensor data in files beside the model (ONNX "external data"). The model names the files, so only regular files inside
 * its own folder are read, symbolic links followed, and never more bytes of a file than it has. A file with a second name
 * is refused: whoever made that could have made it of a file that is none of the model's (CVE-2026-34446). This is the
 * only place that opens such files.
 */
public final class ExternalData {
  /** What ONNX defines; the checksum is nobody's promise, as the model says it itself, and is not looked at. */
  private static final Set<String> KEYS = Set.of("location", "offset", "length", "checksum");

  /** How ONNX Runtime marks data that lie in its own process, with an address for an offset. */
  private static final String MEMORY_MARKER = "_ORT_MEM_ADDR_";

  private static final int MOST_REMARKS = 10;

  private final Optional<Path> folder;
  private final Map<Path, Long> unread = new LinkedHashMap<>();
  private final Set<Path> files = new LinkedHashSet<>();
  private final Set<String> unknown = new LinkedHashSet<>();

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

  /** What was found and has no meaning, each a line. */
  public List<String> remarks() {
    return unknown.stream().map(key -> "external data has the key '" + key + "', which ONNX does not know").toList();
  }

  /** The files that were read so far, in that order, by the names that the model has for them. */
  public List<Path> files() {
    return List.copyOf(files);
  }

  /**
   * Reads the {@code expected} bytes of {@code tensor}.
   *
   * @throws LowpassException LP1006 if the file lies elsewhere, has another name, is missing or too short
   */
  ByteBuffer read(TensorProto tensor, long expected, String place) {
    Map<String, String> keys = keys(tensor, place);
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
      files.add(folder.orElseThrow().resolve(location));
      return read(file, offset, Math.toIntExact(length));
    } catch (IOException | InvalidPathException e) {
      throw TensorDecoder.error(place, "external data file '" + location + "' cannot be read: " + reason(e));
    }
  }

  private static String reason(Exception problem) {
    return problem instanceof IOException file ? FileProblem.of(file) : "not a path";
  }

  private Map<String, String> keys(TensorProto tensor, String place) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      if (keys.put(entry.getKey(), entry.getValue()) != null) {
        throw TensorDecoder.error(place, "external data has the key '" + entry.getKey() + "' twice");
      }
      if (!KEYS.contains(entry.getKey()) && unknown.size() < MOST_REMARKS) {
        unknown.add(entry.getKey());
      }
    }
    return keys;
  }

  private Path file(String location, String place) throws IOException {
    if (location.contains(MEMORY_MARKER)) {
      throw TensorDecoder.error(place, "has its data in the memory of another process ('" + location + "')");
    }
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
    if (!file.startsWith(within.toRealPath())) {
      throw TensorDecoder.error(place, "external data file '" + location + "' is not inside the model's folder");
    }
    InputFile.require(file);
    if ((Integer) Files.getAttribute(file, "unix:nlink") > 1) {
      throw TensorDecoder.error(
          place, "external data file '" + location + "' has another name elsewhere (a hard link); copy it to its place");
    }
    return file;
  }

  private static ByteBuffer read(Path file, long offset, int length) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
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

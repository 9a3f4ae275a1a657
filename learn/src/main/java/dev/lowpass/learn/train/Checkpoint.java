package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.learn.network.Contents;
import dev.lowpass.ir.text.Names;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A training as it stands, in a file of the safetensors format with a digest of the arrays in its metadata. What such a
 * file has to say of its arrays is known when it is read, so that nothing in it is parsed: its header is the expected
 * one, letter for letter, or the file is refused.
 *
 * @param arrays of float32, by name
 */
record Checkpoint(SequencedMap<String, NDArray> arrays) {
  private static final String START = "{\"__metadata__\":{\"sha256\":\"";
  private static final int DIGITS = 64;

  /** More than the names and shapes of any network's weights take. */
  private static final long LONGEST_HEADER = 1 << 26;

  /** Writes the file, whole or not at all: LP6020 if that fails. */
  void write(Path file) {
    MessageDigest digest = sha256();
    arrays.values().forEach(array -> digest.update(bytes(array)));
    byte[] header = header(HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.UTF_8);
    try {
      OutputFile.write(file, channel -> write(header, new BufferedOutputStream(Channels.newOutputStream(channel))));
    } catch (IOException e) {
      String why = "the checkpoint cannot be written: " + FileProblem.of(e);
      throw new LowpassException("LP6020", file.toString(), why, e);
    }
  }

  private void write(byte[] header, OutputStream out) throws IOException {
    out.write(littleEndian(Long.BYTES).putLong(header.length).array());
    out.write(header);
    for (NDArray array : arrays.values()) {
      out.write(bytes(array));
    }
    out.flush();
  }

  /**
   * Reads the file into the arrays. Nothing has changed if that fails.
   *
   * @throws LowpassException LP6021 for a file that is no checkpoint, or was damaged, or is of another training
   */
  void read(Path file) {
    try (InputStream in = InputFile.stream(file)) {
      String header = readHeader(file, in, Files.size(file));
      MessageDigest digest = sha256();
      List<float[]> values = new ArrayList<>();
      for (NDArray array : arrays.values()) {
        byte[] bytes = in.readNBytes(Math.toIntExact(Float.BYTES * array.size()));
        if (bytes.length < Float.BYTES * array.size()) {
          throw refused(file, "ends too early; delete it to begin anew");
        }
        digest.update(bytes);
        values.add(floats(bytes));
      }
      boolean intact = header.startsWith(HexFormat.of().formatHex(digest.digest()), START.length());
      if (!intact || in.read() >= 0) {
        throw refused(file, "was damaged: its arrays are not those that were written; delete it to begin anew");
      }
      int next = 0;
      for (NDArray array : arrays.values()) {
        Contents.replace(array, values.get(next++));
      }
    } catch (IOException e) {
      throw new LowpassException("LP6021", file.toString(), "cannot be read: " + FileProblem.of(e), e);
    }
  }

  private String readHeader(Path file, InputStream in, long size) throws IOException {
    byte[] first = in.readNBytes(Long.BYTES);
    long length = first.length < Long.BYTES ? -1 : ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > Math.min(size - Long.BYTES, LONGEST_HEADER)) {
      throw refused(file, "is not a checkpoint");
    }
    String header = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    if (!header.startsWith(START) || header.length() < START.length() + DIGITS) {
      throw refused(file, "is not a checkpoint");
    }
    if (!header.equals(header(header.substring(START.length(), START.length() + DIGITS)))) {
      throw refused(file, "is of another training: %s; delete it to begin anew".formatted(otherThan(header)));
    }
    return header;
  }

  private String otherThan(String header) {
    for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
      if (!header.contains(described(each.getKey(), each.getValue()))) {
        return "it has no '%s' of shape %s".formatted(each.getKey(), each.getValue().getShape());
      }
    }
    return "it has other arrays than these " + arrays.size();
  }

  /** What the format says of the arrays, as JSON, ended by spaces so that arrays begin at a multiple of 8 bytes. */
  private String header(String digest) {
    StringBuilder header = new StringBuilder(START).append(digest).append("\"}");
    long begin = 0;
    for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
      long end = begin + Float.BYTES * each.getValue().size();
      header.append(',').append(described(each.getKey(), each.getValue()));
      header.append(",\"data_offsets\":[%d,%d]}".formatted(begin, end));
      begin = end;
    }
    header.append('}');
    int length = header.toString().getBytes(StandardCharsets.UTF_8).length;
    return header.append(" ".repeat(Math.ceilDiv(length, Long.BYTES) * Long.BYTES - length)).toString();
  }

  private static String described(String name, NDArray array) {
    List<String> extents = new ArrayList<>();
    for (long extent : array.getShape().getShape()) {
      extents.add(Long.toString(extent));
    }
    return "%s:{\"dtype\":\"F32\",\"shape\":[%s]".formatted(Names.quote(name), String.join(",", extents));
  }

  private static LowpassException refused(Path file, String problem) {
    return new LowpassException("LP6021", file.toString(), problem);
  }

  private static byte[] bytes(NDArray array) {
    ByteBuffer bytes = littleEndian(Math.toIntExact(Float.BYTES * array.size()));
    bytes.asFloatBuffer().put(array.toFloatArray());
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

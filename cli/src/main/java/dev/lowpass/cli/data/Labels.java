package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures with their classes, from a file of tab-separated lines: class, anything in between, file name. */
public record Labels(List<Entry> entries) {
  /** A picture and its class, counted from 0. */
  public record Entry(int label, String file) {}

  public Labels {
    entries = List.copyOf(entries);
  }

  /**
   * Reads {@code file}.
   *
   * @throws LowpassException LP7012 for a line that is not of this form
   */
  public static Labels read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new LowpassException("LP7012", file.toString(), "not a UTF-8 text file", e);
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        entries.add(entry(line.split("\t"), file + ":" + (i + 1)));
      }
    }
    return new Labels(entries);
  }

  private static Entry entry(String[] fields, String place) {
    try {
      if (fields.length >= 2) {
        return new Entry(Integer.parseUnsignedInt(fields[0].strip()), fields[fields.length - 1].strip());
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw new LowpassException("LP7012", place, "not a class number, a tab, and a file name");
  }

  /** At most {@code count} entries, spread evenly over all. */
  public Labels limited(int count) {
    if (count >= entries.size()) {
      return this;
    }
    List<Entry> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(entries.get((int) ((long) i * entries.size() / count)));
    }
    return new Labels(some);
  }
}

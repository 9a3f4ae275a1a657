package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a table of pictures and their classes: lines of class, tab, anything in between, tab, file name; or lines of
 * file name, comma, class. Blank lines and those that begin with # count for nothing, nor does the line of titles that
 * a table with commas may begin with.
 */
public final class PictureTable {
  private static final Pattern TITLES = Pattern.compile("(?i)[^,]*,\\s*(label|class)\\s*");

  private PictureTable() {}

  /**
   * The pictures that {@code table} names, in its order; their files lie below {@code images}.
   *
   * @throws LowpassException LP7012 for a line that is of neither form, or a table that names no pictures
   */
  public static PictureSet read(Path table, Path images) throws IOException {
    List<String> lines;
    try {
      lines = InputFile.text(table).lines().toList();
    } catch (CharacterCodingException e) {
      throw new LowpassException("LP7012", table.toString(), "not a UTF-8 text file", e);
    }
    List<PictureSet.Entry> entries = new ArrayList<>();
    boolean started = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (started || !TITLES.matcher(line).matches()) {
        String place = table + ":" + (i + 1);
        entries.add(entry(line, images).orElseThrow(() -> new LowpassException("LP7012", place,
            "neither a class number, a tab, and a file name, nor a file name, a comma, and a class number")));
      }
      started = true;
    }
    if (entries.isEmpty()) {
      throw new LowpassException("LP7012", table.toString(), "names no pictures");
    }
    return new PictureSet(table, entries);
  }

  private static Optional<PictureSet.Entry> entry(String line, Path images) {
    int comma = line.lastIndexOf(',');
    int firstTab = line.indexOf('\t');
    try {
      if (firstTab >= 0) {
        return Optional.of(entry(images, line.substring(line.lastIndexOf('\t')), line.substring(0, firstTab)));
      }
      if (comma > 0) {
        return Optional.of(entry(images, unquoted(line.substring(0, comma).strip()), line.substring(comma + 1)));
      }
    } catch (NumberFormatException | InvalidPathException e) {
      // Falls through to the same complaint.
    }
    return Optional.empty();
  }

  private static PictureSet.Entry entry(Path images, String file, String label) {
    return new PictureSet.Entry(images.resolve(file.strip()), Integer.parseUnsignedInt(label.strip()));
  }

  /** As RFC 4180 has it: quotes around a field, those within doubled. */
  private static String unquoted(String field) {
    boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
    return quoted ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
  }
}

package dev.lowpass.cli.report;

import dev.lowpass.ir.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A table of text for a terminal: columns as wide as their longest cell, numbers to the right. */
public final class Table {
  private static final String GAP = "  ";

  /** Names of layers are shorter; one of a file that means no good must not push all other columns away. */
  private static final int LONGEST_CELL = 400;

  /** With or without an error and a unit; a dash or nothing where there is none. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9][0-9.,]*(e[-+][0-9]+)?( ± [0-9.]+)?( (ms|us|%|B|kB|MB|GB|million))?|-|");

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row; one cell a column. */
  public Table row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(cell -> Printable.oneLine(cell, LONGEST_CELL)).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints the header and all rows. */
  public void print(Terminal terminal) {
    terminal.line(terminal.strong(text(header)));
    rows.forEach(row -> terminal.line(text(row)));
  }

  private String text(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String space = " ".repeat(width(column) - cell.length());
      line.append(column == 0 ? "" : GAP).append(isNumeric(column) ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = header.get(column).length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }
}

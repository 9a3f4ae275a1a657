package dev.lowpass.testsuite.filetest;

import dev.lowpass.ir.LowpassException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line that an error is about, and checks that the file expects it there. */
record ExpectedErrors(FileTest file, Section section) {
  private static final Pattern LINE = Pattern.compile(".*:(\\d+):\\d+");

  void check(LowpassException error) {
    int line = lineOf(error);
    for (Directive.Error expected : section.all(Directive.Error.class)) {
      boolean fits = error.code().equals(expected.code()) && error.getMessage().contains(expected.text());
      if (fits && expected.line() == line) {
        return;
      }
    }
    throw new AssertionError("%s:%d: %s; expected %s".formatted(file.path(), line, error.getMessage(), expected()), error);
  }

  private String expected() {
    List<Directive.Error> errors = section.all(Directive.Error.class);
    return errors.isEmpty() ? "no error" : errors.toString();
  }

  /** A line of the text, or the line that defines the value of that name, or that of the graph. */
  private int lineOf(LowpassException error) {
    Matcher line = LINE.matcher(error.place());
    if (line.matches()) {
      return Integer.parseInt(line.group(1));
    }
    List<String> lines = section.source().lines().toList();
    Pattern definition = Pattern.compile("\\s*%\"?" + Pattern.quote(error.place()) + "\"?\\s*=.*");
    for (int i = 0; i < lines.size(); i++) {
      if (definition.matcher(lines.get(i)).matches()) {
        return i + 1;
      }
    }
    return section.firstLine();
  }
}

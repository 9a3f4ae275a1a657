package dev.lowpass.testsuite.filetest;

import java.util.List;

/**
 * A file of IR text that says what to do with its graphs and what must come of it.
 *
 * @param path relative to {@code filetests}
 */
record FileTest(String path, Command command, List<Section> sections) {
  FileTest {
    sections = List.copyOf(sections);
  }
}

package dev.lowpass.testsuite.filetest;

import dev.lowpass.passes.machine.Machine;
import java.util.List;

/**
 * A file of IR text that says what to do with its graphs and what must come of it.
 *
 * @param path relative to {@code filetests}
 * @param machine that passes ask about, with its prices
 */
record FileTest(String path, Command command, Machine machine, List<Section> sections) {
  FileTest {
    sections = List.copyOf(sections);
  }
}

package dev.lowpass.testsuite.filetest;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.passes.machine.Machine;
import java.util.List;
import java.util.Optional;

/**
 * A file of IR text that says what to do with its graphs and what must come of it.
 *
 * @param path relative to {@code filetests}
 * @param machine that passes ask about, with its prices
 * @param bands that passes are told
 */
record FileTest(
    String path, Command command, Machine machine, Optional<BandsFile> bands, List<Section> sections) {
  FileTest {
    sections = List.copyOf(sections);
  }
}

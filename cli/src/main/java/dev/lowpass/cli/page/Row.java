package dev.lowpass.cli.page;

import java.util.List;

/**
 * A step or a node in a drawn graph.
 *
 * @param title its name in the file
 * @param kind what it does, in the field's words
 * @param type shapes, as text
 * @param frequency whether it makes frequency data
 * @param reads rows before it whose results it reads
 * @param aside what stands at its right end, as HTML
 * @param facts what is seen when it is opened, each of {@link Html#fact}
 */
record Row(
    String title, String kind, String type, boolean frequency, List<Integer> reads, String aside, List<String> facts) {
  Row {
    reads = List.copyOf(reads);
    facts = List.copyOf(facts);
  }
}

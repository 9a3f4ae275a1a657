package dev.lowpass.testsuite.filetest;

import java.util.List;
import java.util.Optional;

/**
 * One graph of a file with what is expected of it.
 *
 * @param firstLine the line of the word {@code graph}, from 1
 * @param name the graph's name as it is written, for the test's name
 * @param source the file with all lines blank but those of the graph, so that errors have the file's line numbers
 */
record Section(int firstLine, String name, String source, List<Directive> directives) {
  Section {
    directives = List.copyOf(directives);
  }

  /** The directives of one kind, in order. */
  <D extends Directive> List<D> all(Class<D> kind) {
    return directives.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <D extends Directive> Optional<D> first(Class<D> kind) {
    return all(kind).stream().findFirst();
  }
}

package dev.lowpass.cli.failure;

import dev.lowpass.ir.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** A word on the command line that nobody knows, and the known one that it is nearest to. */
final class UnknownWord {
  private UnknownWord() {}

  static String text(UnmatchedArgumentException unknown) {
    String word = unknown.getUnmatched().getFirst();
    CommandSpec spec = unknown.getCommandLine().getCommandSpec();
    if (word.startsWith("-")) {
      List<String> options = new ArrayList<>();
      spec.options().forEach(option -> options.add(option.longestName()));
      String name = word.split("=", 2)[0];
      return "Unknown option: '" + name + "'" + nearest(name, options);
    }
    if (!spec.subcommands().isEmpty()) {
      return "no command '" + word + "'" + nearest(word, spec.subcommands().keySet());
    }
    return Failures.firstLine(unknown);
  }

  private static String nearest(String word, Collection<String> names) {
    return NearestName.among(names, word).map(name -> "; the nearest is '" + name + "'").orElse("");
  }
}

package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How large a model, and what it becomes, may be. */
public final class LimitOptions {
  @Option(
      names = "--limit",
      paramLabel = "NAME=N",
      completionCandidates = Names.class,
      description =
          "How large something may be, where the usual limit is too tight or too wide: ${COMPLETION-CANDIDATES}. May be"
              + " repeated; a model that is refused for one says which.")
  private List<String> given = new ArrayList<>();

  /**
   * The limits, as usual but for those that are given.
   *
   * @throws LowpassException LP7034 for another name, or a number that is none
   */
  public Limits toLimits() {
    Limits limits = Limits.usual();
    for (String text : given) {
      limits = with(limits, text);
    }
    return limits;
  }

  private static Limits with(Limits limits, String text) {
    int equals = text.indexOf('=');
    Optional<Limit> limit = Limit.parse(text.substring(0, Math.max(0, equals)));
    if (limit.isEmpty()) {
      String names = Arrays.stream(Limit.values()).map(Limit::word).collect(Collectors.joining(", "));
      throw new LowpassException("LP7034", "--limit " + text, "not of the form NAME=N, with a NAME of " + names);
    }
    try {
      return limits.with(limit.get(), Long.parseLong(text.substring(equals + 1)));
    } catch (NumberFormatException e) {
      throw new LowpassException("LP7034", "--limit " + text, "'" + text.substring(equals + 1) + "' is no number");
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7034", "--limit " + text, String.valueOf(e.getMessage()), e);
    }
  }

  /** All limits with what they are unless given. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Limit.values()).map(limit -> limit.word() + "=" + limit.usual()).iterator();
    }
  }
}

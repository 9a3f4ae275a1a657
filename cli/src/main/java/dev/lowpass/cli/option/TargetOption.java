package dev.lowpass.cli.option;

import dev.lowpass.codegen.backend.Backends;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** What to compile for. */
public final class TargetOption {
  @Option(
      names = "--target",
      paramLabel = "TARGET",
      defaultValue = "cpu",
      completionCandidates = Names.class,
      description = "One of ${COMPLETION-CANDIDATES}; cpu is this machine's processor, cuda stands for cuda:sm_80. Default ${DEFAULT-VALUE}.")
  private String target = "cpu";

  /** As the user wrote it. */
  public String target() {
    return target;
  }

  /** All that {@code --target} takes. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Backends.names().iterator();
    }
  }
}

package dev.lowpass.cli.option;

import dev.lowpass.runtime.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whose artifacts are run. */
public final class TrustOption {
  @Option(
      names = "--trust",
      paramLabel = "KEY.pub",
      description =
          "Run only what was signed with the private part of this key (PEM, Ed25519). May be repeated. Without it anything"
              + " is run, and to run an artifact is to run its code.")
  private List<Path> keys = new ArrayList<>();

  /** Errors are those of {@link Trust#key}. */
  public Trust toTrust() {
    return keys.isEmpty() ? Trust.anybody() : Trust.trusting(keys.stream().map(Trust::key).toList());
  }
}

package dev.lowpass.cli.option;

import picocli.CommandLine.Option;

/** The option that all commands share. */
public final class OutputOptions {
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  public boolean json() {
    return json;
  }
}

package dev.lowpass.cli;

import picocli.CommandLine.Option;

/** The option that all commands share. */
final class OutputOptions {
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  boolean json;
}

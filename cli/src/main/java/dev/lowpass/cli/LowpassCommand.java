package dev.lowpass.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code lowpass} itself: names the subcommands. */
@Command(
    name = "lowpass",
    description = "Compiles convolutional networks, dropping the frequencies that each channel can do without.",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "1:the input is at fault", "2:the command line is at fault", "70:a bug of Lowpass"})
final class LowpassCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? One of " + commands());
  }

  private String commands() {
    return String.join(", ", spec.subcommands().keySet());
  }
}

package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.runtime.natives.InstalledNatives;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lowpass natives}: the runtime's native libraries, put where a program is to find them. */
@Command(
    name = "natives",
    description =
        "Installs the native libraries that running an artifact needs, so that programs write none themselves. A program"
            + " takes them, after their hashes were checked, from the folder that the environment's LOWPASS_NATIVES or the"
            + " system property lowpass.natives names.")
final class NativesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--to", paramLabel = "DIR", required = true, description = "The folder, which is made if it is not there.")
  private Path folder = Path.of("");

  @Mixin private OutputOptions form = new OutputOptions();

  NativesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> files = InstalledNatives.install(folder);
    String place = folder.toAbsolutePath().toString();
    if (form.json()) {
      terminal.line(new Json().with("folder", place).with("files", files).toString());
    } else {
      terminal.line("%d files in %s; run programs with LOWPASS_NATIVES=%2$s".formatted(files.size(), place));
    }
    return ExitCode.OK;
  }
}

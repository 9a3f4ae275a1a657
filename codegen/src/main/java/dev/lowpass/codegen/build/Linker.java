package dev.lowpass.codegen.build;

import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes one shared library of object files with the {@code lld} that comes with LLVM; no system tool is needed. */
final class Linker {
  private static final String LIBRARY = "kernels.so";
  private static final String MATHEMATICS = "libm.so.6";

  private final Path lld;

  /** {@code lld} is the program; {@code libLLVM} lies beside it. */
  Linker(Path lld) {
    this.lld = lld;
  }

  /**
   * The bytes of a shared library of all {@code objects}, which lie in {@code folder}. The same objects in the same
   * order give the same bytes: no build id, no path, a fixed name.
   */
  byte[] link(Path folder, List<Path> objects) throws IOException {
    Files.write(folder.resolve("empty"), new byte[0]);
    // An empty library of the right name is enough for lld to note that the real one is needed.
    run(folder, List.of("-soname", MATHEMATICS, "-o", MATHEMATICS, "--format=binary", "empty"));
    List<String> arguments = new ArrayList<>(List.of("-soname", LIBRARY, "-o", LIBRARY, "--build-id=none",
        "--no-as-needed", "--gc-sections", "-z", "now"));
    objects.forEach(object -> arguments.add(folder.relativize(object).toString()));
    arguments.add(MATHEMATICS);
    run(folder, arguments);
    return Files.readAllBytes(folder.resolve(LIBRARY));
  }

  private void run(Path folder, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(lld.toString(), "-flavor", "gnu", "-m", "elf_x86_64", "-shared"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", lld.getParent().toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new LowpassException("LP4902", "link", "lld failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new LowpassException("LP4902", "link", "interrupted");
    }
  }
}

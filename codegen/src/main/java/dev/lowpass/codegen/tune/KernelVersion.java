package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.natives.Natives;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A name for the code generator as it is: a digest of its classes, and of the native libraries behind them. Nobody has
 * to remember to count it up.
 */
final class KernelVersion {
  private static final List<String> PACKAGES = List.of("build", "cpu", "element", "emit", "plan", "tir");

  private KernelVersion() {}

  static String current() {
    try {
      Path code = Path.of(Knob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return digest(code);
      }
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        return digest(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException e) {
      throw new LowpassException("LP4015", "tune", "cannot tell which version of the kernels this is: " + e, e);
    }
  }

  private static String digest(Path root) throws IOException {
    StringBuilder contents = new StringBuilder(String.valueOf(Natives.load().folder().getFileName()));
    for (String name : PACKAGES) {
      try (Stream<Path> files = Files.walk(root.resolve("dev/lowpass/codegen").resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          contents.append('\n').append(file.getFileName()).append(' ').append(Digest.of(Files.readAllBytes(file)));
        }
      }
    }
    return Digest.of(contents.toString());
  }
}

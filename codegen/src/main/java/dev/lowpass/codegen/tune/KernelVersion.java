package dev.lowpass.codegen.tune;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.WorkCounter;
import dev.lowpass.passes.machine.Machine;
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
 * A name for the code generator as it is: a digest of its classes, of those that say what work is, and of the native
 * libraries behind them. Nobody has to remember to count it up. All of this module counts, so that no room can be
 * forgotten: where a class has nothing to do with kernels, some times are measured again for nothing.
 */
final class KernelVersion {
  private static final List<Classes> CLASSES =
      List.of(
          new Classes(KernelVersion.class, "dev/lowpass/codegen"),
          new Classes(Machine.class, "dev/lowpass/passes/machine"),
          new Classes(WorkCounter.class, "dev/lowpass/passes/cost"));

  /**
   * Classes in a folder and below.
   *
   * @param one of them
   */
  private record Classes(Class<?> one, String folder) {
    String digest() throws IOException, URISyntaxException {
      Path code = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return digest(code);
      }
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        return digest(jar.getPath("/"));
      }
    }

    private String digest(Path root) throws IOException {
      StringBuilder contents = new StringBuilder();
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          contents.append(root.relativize(file)).append(' ').append(Digest.of(Files.readAllBytes(file))).append('\n');
        }
      }
      return Digest.of(contents.toString());
    }
  }

  private KernelVersion() {}

  static String current() {
    StringBuilder contents = new StringBuilder(String.valueOf(Natives.load().folder().getFileName()));
    try {
      for (Classes classes : CLASSES) {
        contents.append('\n').append(classes.digest());
      }
    } catch (IOException | URISyntaxException e) {
      throw new LowpassException("LP4015", "tune", "cannot tell which version of the kernels this is: " + e, e);
    }
    return Digest.of(contents.toString());
  }
}

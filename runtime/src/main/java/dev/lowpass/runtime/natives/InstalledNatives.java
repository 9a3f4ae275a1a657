package dev.lowpass.runtime.natives;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The runtime's own natives in a folder where somebody put them before, so that programs write no code to disk: the
 * files, and {@code SHA256SUMS} as {@code sha256sum --check} reads it. A process takes them from there where the system
 * property {@code lowpass.natives} or the environment's {@code LOWPASS_NATIVES} says so, after their hashes were compared
 * with those in this module's jar. A process with the compiler takes the compiler's natives all the same.
 */
public final class InstalledNatives {
  private static final String SUMS = "SHA256SUMS";
  private static final String AGAIN = "; install them again with 'lowpass natives --to'";

  private InstalledNatives() {}

  /** The folder that was asked for. */
  static Optional<Path> folder() {
    String property = System.getProperty("lowpass.natives", "");
    String asked = property.isEmpty() ? System.getenv("LOWPASS_NATIVES") : property;
    return asked == null || asked.isEmpty() ? Optional.empty() : Optional.of(Path.of(asked).toAbsolutePath());
  }

  /**
   * The same folder.
   *
   * @throws UnusableNatives where it does not hold exactly what this module's jar does
   */
  static Path verified(Path folder) throws UnusableNatives {
    DeployLibraries own = new DeployLibraries();
    try {
      if (!Files.isRegularFile(folder.resolve(SUMS))) {
        throw new UnusableNatives(folder.toString(), "holds no natives" + AGAIN, null);
      }
      if (!Files.readString(folder.resolve(SUMS), StandardCharsets.ISO_8859_1).equals(own.sums())) {
        throw new UnusableNatives(folder.toString(), "holds natives of another version of Lowpass" + AGAIN, null);
      }
      for (String line : own.sums().lines().toList()) {
        String name = line.substring(line.lastIndexOf(' ') + 1);
        if (!line.startsWith(NativeCache.hash(Files.readAllBytes(folder.resolve(name))))) {
          throw new UnusableNatives(folder.resolve(name).toString(), "was altered: it does not match its hash" + AGAIN, null);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UnusableNatives(folder.toString(), "cannot be read: " + e + AGAIN, e);
    }
  }

  /**
   * Puts them there, each file whole or not at all; what runs on files that were there before is not disturbed.
   *
   * @return the files' names
   * @throws LowpassRuntimeException LP5010 where they cannot be written, or there are none for this platform
   */
  public static List<String> install(Path folder) {
    DeployLibraries own = new DeployLibraries();
    List<NativeLibrary> files = own.files(Natives.platform());
    if (files.isEmpty()) {
      throw new LowpassRuntimeException(5010, "natives", "there are none for " + Natives.platform());
    }
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(SUMS));
      for (NativeLibrary file : files) {
        try (InputStream content = file.open()) {
          write(folder.resolve(file.fileName()), content.readAllBytes());
        }
      }
      write(folder.resolve(SUMS), own.sums().getBytes(StandardCharsets.ISO_8859_1));
      verified(folder);
      return files.stream().map(NativeLibrary::fileName).toList();
    } catch (IOException e) {
      throw new LowpassRuntimeException(5010, folder.toString(), "natives cannot be written there: " + e, e);
    } catch (UnusableNatives e) {
      throw e.toException();
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "new-", "");
    try {
      Files.write(fresh, content);
      Files.setPosixFilePermissions(fresh, NativeCache.READABLE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}

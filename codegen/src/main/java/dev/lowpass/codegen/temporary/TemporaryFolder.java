package dev.lowpass.codegen.temporary;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder for files that this process needs for a while, in the system's temporary folder. Closing it deletes it; a
 * process that is interrupted (Ctrl-C, SIGTERM) deletes those that are open; what a killed one left behind is swept by
 * another, a day later.
 *
 * <p>Named {@code lowpass-PURPOSE-PID-RANDOM}, so that others see whose it is.
 */
public final class TemporaryFolder implements AutoCloseable {
  static final String PREFIX = "lowpass-";

  /** A process ends once, and so this is the one thing that its threads share. */
  private static final OpenFolders OPEN = new OpenFolders();

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /**
   * A new, empty folder that only its owner may read.
   *
   * @param purpose a word of small letters
   */
  public static TemporaryFolder create(String purpose) throws IOException {
    Path path = Files.createTempDirectory(PREFIX + purpose + "-" + ProcessHandle.current().pid() + "-");
    OPEN.add(path);
    return new TemporaryFolder(path);
  }

  /** While the process is interrupted: waits, if not for long, until the folders of all threads are deleted. */
  public static void awaitDeletion() {
    OPEN.await();
  }

  public Path path() {
    return path;
  }

  /** Deletes the folder with all that is in it. */
  @Override
  public void close() throws IOException {
    OPEN.delete(path);
  }

  /** Deletes {@code root} and what is in it, links and not what they lead to; others may be deleting it, too. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

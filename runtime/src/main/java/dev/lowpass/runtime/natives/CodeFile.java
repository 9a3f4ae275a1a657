package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Code as a file for the system's loader, which takes nothing else: a private one, in the first place where it can be
 * written and from where it loads, and gone at once.
 */
final class CodeFile {
  /** Puts the code there. */
  interface Content {
    void writeTo(Path file) throws IOException;
  }

  private CodeFile() {}

  /**
   * What {@code loaded} gives for the file; what it throws is thrown, unless it is that the file is in the wrong place and
   * another place does.
   *
   * @param places to be tried in this order
   * @throws IOException where the code cannot be written anywhere
   */
  static <T> T load(List<Place> places, Content content, Function<Path, T> loaded) throws IOException {
    Throwable failure = null;
    for (Place place : places) {
      try {
        return load(place.folder(), content, loaded);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      } catch (RuntimeException | UnsatisfiedLinkError e) {
        if (!SystemLoader.isForbidden(String.valueOf(e.getMessage()))) {
          throw e;
        }
        failure = failure == null ? e : failure;
      }
    }
    throw failed(failure);
  }

  private static <T> T load(Path folder, Content content, Function<Path, T> loaded) throws IOException {
    Path file = Files.createTempFile(folder, "code-", ".so");
    try {
      content.writeTo(file);
      return loaded.apply(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static IOException failed(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof IOException e ? e : new IOException("there is no place for code");
  }
}

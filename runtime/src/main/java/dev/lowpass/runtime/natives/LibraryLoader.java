package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Loads libraries into this process for the class loader of this class. There may be several such class loaders, one
 * after the other or at once, as application servers have them.
 *
 * <p>The virtual machine gives a file to one class loader at a time, and the system's loader takes two names of a file
 * for one library. So who comes second loads its native methods from a copy, which is deleted as soon as it is loaded.
 * What these are linked to is found by its name among what the process has, whichever class loader brought it, and stays
 * there: it has symbols of which a process has one (STB_GNU_UNIQUE), and glibc unloads no such library.
 */
final class LibraryLoader {
  private LibraryLoader() {}

  /**
   * Loads files of a set, in their order.
   *
   * @param folder where they are
   * @param places for copies
   * @param mapped what the process has
   * @throws UnsatisfiedLinkError with what the system's loader says
   * @throws IOException where a copy cannot be written
   */
  static void load(Path folder, List<NativeLibrary> files, List<Place> places, MappedFiles mapped)
      throws IOException {
    for (NativeLibrary file : files) {
      Path path = folder.resolve(file.fileName());
      switch (file.use()) {
        case LINK:
          if (!mapped.contain(file.fileName())) {
            isLoaded(path);
          }
          break;
        case LOAD:
          if (!isLoaded(path)) {
            loadCopy(path, places);
          }
          break;
        case EXECUTE:
          break;
      }
    }
  }

  /** False where another class loader of this process has that file. */
  private static boolean isLoaded(Path file) {
    try {
      JavaCpp.load(file.toString());
      return true;
    } catch (UnsatisfiedLinkError e) {
      if (!String.valueOf(e.getMessage()).contains("already loaded in another classloader")) {
        throw e;
      }
      return false;
    }
  }

  private static void loadCopy(Path file, List<Place> places) throws IOException {
    CodeFile.load(
        places,
        copy -> Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING),
        copy -> {
          JavaCpp.load(copy.toString());
          return copy;
        });
  }
}

package dev.lowpass.cli.conformance;

import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Folders of test cases, in order of their names: those that a user names, in folders of such, and in archives. */
public final class CaseFolders implements AutoCloseable {
  /**
   * One case.
   *
   * @param name as a list of known failures has it: the path from the folder or archive that was named, or what was named
   */
  public record Place(String name, Path folder) {}

  private final List<TemporaryFolder> unpacked = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /**
   * Finds cases; archives are unpacked until this is closed.
   *
   * @throws LowpassException LP7032 for an archive that is refused
   */
  public CaseFolders(List<Path> given) throws IOException {
    try {
      for (Path path : given) {
        add(path);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  public List<Place> places() {
    return List.copyOf(places);
  }

  private void add(Path path) throws IOException {
    if (CaseArchive.isOne(path)) {
      addBelow(path, unpack(path));
    } else if (isCase(path) || !Files.isDirectory(path)) {
      places.add(new Place(path.toString(), path));
    } else {
      addBelow(path, path);
    }
  }

  private Path unpack(Path archive) throws IOException {
    TemporaryFolder folder = TemporaryFolder.create("cases");
    unpacked.add(folder);
    CaseArchive.unpack(archive, folder.path());
    return folder.path();
  }

  private void addBelow(Path given, Path root) throws IOException {
    List<Place> found = new ArrayList<>();
    List<Path> archives = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!isCase(folder)) {
              return FileVisitResult.CONTINUE;
            }
            found.add(new Place(root.relativize(folder).toString(), folder));
            return FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (CaseArchive.isOne(file)) {
              archives.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Place::name));
    places.addAll(found);
    archives.sort(Comparator.naturalOrder());
    for (Path archive : archives) {
      addBelow(archive, unpack(archive));
    }
    if (found.isEmpty() && archives.isEmpty()) {
      // A case that is not whole: running it says what it lacks.
      places.add(new Place(given.toString(), root));
    }
  }

  /** Whether {@code folder} has data sets, and so is a case, if perhaps not a whole one. */
  private static boolean isCase(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && (Files.exists(folder.resolve("model.onnx")) || Files.isDirectory(folder.resolve("test_data_set_0")));
  }

  @Override
  public void close() throws IOException {
    for (TemporaryFolder folder : unpacked) {
      folder.close();
    }
  }
}

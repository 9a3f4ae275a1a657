package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds pictures by their file names: all below a folder, sorted, links followed. What begins with a dot is left out.
 */
public final class PictureFolder {
  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");

  private PictureFolder() {}

  /**
   * All pictures below {@code folder}, without classes.
   *
   * @throws LowpassException LP7012 if there are none
   */
  public static PictureSet unlabelled(Path folder) throws IOException {
    return filled(folder, below(folder).stream().map(PictureSet.Entry::new).toList());
  }

  /**
   * All pictures in the folders of {@code folder}, each folder a class: the first by name is 0. One without pictures
   * counts as well.
   *
   * @throws LowpassException LP7012 if there are none
   */
  public static PictureSet byClass(Path folder) throws IOException {
    List<Path> classes;
    try (Stream<Path> inside = Files.list(existing(folder))) {
      classes =
          inside
              .filter(Files::isDirectory)
              .filter(path -> !isHidden(path))
              .sorted(Comparator.comparing(path -> path.getFileName().toString()))
              .toList();
    }
    List<PictureSet.Entry> entries = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : below(classes.get(label))) {
        entries.add(new PictureSet.Entry(file, label));
      }
    }
    return filled(folder, entries);
  }

  private static PictureSet filled(Path folder, List<PictureSet.Entry> entries) {
    if (entries.isEmpty()) {
      String looked = String.join(", ", ENDINGS.stream().sorted().toList());
      throw new LowpassException("LP7012", folder.toString(), "has no pictures; looked for files ending in " + looked);
    }
    return new PictureSet(folder, entries);
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(existing(folder), FileVisitOption.FOLLOW_LINKS)) {
      return walk
          .filter(Files::isRegularFile)
          .filter(file -> isPicture(file) && !isHidden(folder.relativize(file)))
          .sorted(Comparator.comparing(path -> folder.relativize(path).toString()))
          .toList();
    }
  }

  private static Path existing(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    return folder;
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static boolean isHidden(Path path) {
    for (Path part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}

package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder where this user's natives may be kept.
 *
 * @param root of a cache; or where everybody may write, of which the user's part is a folder that nobody else may write
 *     to, since code is loaded from there
 * @param shared whether it is the latter
 */
record Place(Path root, boolean shared) {
  private static final String NATIVES = "natives";

  /** A file system in memory, which most Linux systems have. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /** In the order in which they are tried: the user's cache, temporary files, memory. */
  static List<Place> all() {
    List<Place> places = onDisk();
    if (Files.isDirectory(MEMORY)) {
      places.add(new Place(MEMORY, true));
    }
    return places;
  }

  /** The same without memory, for what is hundreds of megabytes. */
  static List<Place> onDisk() {
    List<Place> places = new ArrayList<>();
    for (Path own : CacheFolder.candidates()) {
      places.add(new Place(own, false));
    }
    places.add(new Place(Path.of(System.getProperty("java.io.tmpdir")), true));
    return places;
  }

  /**
   * The folder for natives, made now if it is not there.
   *
   * @throws IOException where it cannot be made, or belongs to somebody else
   */
  Path folder() throws IOException {
    Path cache = shared ? CacheFolder.privateFolder(root) : root;
    return Files.createDirectories(cache.resolve(NATIVES));
  }

  /**
   * A private file for what only a moment needs one: where Java keeps such files, or else in the first place that takes it.
   *
   * @throws IOException where none does
   */
  static Path temporaryFile(String prefix, String suffix) throws IOException {
    try {
      return Files.createTempFile(prefix, suffix);
    } catch (IOException e) {
      for (Place place : all()) {
        try {
          return Files.createTempFile(place.folder(), prefix, suffix);
        } catch (IOException again) {
          e.addSuppressed(again);
        }
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}

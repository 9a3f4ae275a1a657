package dev.lowpass.runtime.natives;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries, loaded on first use for the class loader of this class and for as long as that lives. JavaCPP's
 * own loader is kept out of it: it would unpack 390 MB and insist on the compiler.
 */
public final class Natives {
  private final String name;
  private final Path folder;

  /** Where code may be written and run: first where these libraries come from, if that is a place of this user. */
  private final List<Place> places;

  private Natives(String name, Path folder, List<Place> places) {
    this.name = name;
    this.folder = folder;
    this.places = List.copyOf(places);
  }

  /**
   * The loaded libraries. Thread-safe.
   *
   * @throws LowpassRuntimeException LP5010, the same one at each call, where there are none for this platform
   *     or they do not load
   */
  public static Natives load() {
    if (Loaded.FAILURE != null) {
      throw Loaded.FAILURE.toException();
    }
    return Objects.requireNonNull(Loaded.NATIVES);
  }

  /** Which set was loaded: {@code runtime} or {@code compiler}. */
  public String name() {
    return name;
  }

  /** Where its files are. */
  public Path folder() {
    return folder;
  }

  /**
   * What {@code loader} gives for a file with {@code code}, which is gone when this returns. Where code may not be run
   * from the usual place, which is seen by what {@code loader} throws, another one is taken.
   *
   * @throws IOException where the code cannot be written anywhere
   */
  public <T> T loadCode(byte[] code, Function<Path, T> loader) throws IOException {
    return CodeFile.load(places, file -> Files.write(file, code), loader);
  }

  /**
   * A folder of the cache with other files, for whoever needs more than a process loads: programs, most of all. They are
   * unpacked at the first call ever.
   *
   * @throws LowpassRuntimeException LP5010 where they cannot be written
   */
  public static Path unpacked(List<NativeLibrary> files) {
    List<String> problems = new ArrayList<>();
    for (Place place : Place.onDisk()) {
      try {
        return new NativeCache(place.folder()).folder(files);
      } catch (IOException e) {
        problems.add(e.toString());
      }
    }
    throw UnusableNatives.noPlace(problems).toException();
  }

  /**
   * A private file, empty and the caller's to delete: where Java keeps temporary files, or else where natives are kept.
   *
   * @throws IOException where none can be made
   */
  public static Path temporaryFile(String prefix, String suffix) throws IOException {
    return Place.temporaryFile(prefix, suffix);
  }

  /** As JavaCPP writes it, for example {@code linux-x86_64}. */
  public static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "");
    String processor = System.getProperty("os.arch");
    return system + "-" + (processor.equals("amd64") ? "x86_64" : processor);
  }

  /**
   * What to do where code does not load; nothing where nobody knows.
   *
   * @param problem as the system's loader says it
   */
  public static String remedy(String problem) {
    return SystemLoader.isForbidden(problem) ? "; " + SystemLoader.FORBIDDEN + UnusableNatives.REMEDY : "";
  }

  private static Natives load(String platform) throws UnusableNatives {
    List<NativeLibraries> sets = new ArrayList<>(List.of(new DeployLibraries()));
    ServiceLoader.load(NativeLibraries.class, Natives.class.getClassLoader()).forEach(sets::add);
    sets.sort(Comparator.comparingInt(NativeLibraries::priority).reversed());
    for (NativeLibraries set : sets) {
      List<NativeLibrary> files = set.files(platform);
      if (!files.isEmpty()) {
        return load(set, files);
      }
    }
    String problem = "no native libraries for " + platform + "; this version runs on linux-x86_64";
    throw new UnusableNatives("natives", problem, null);
  }

  private static Natives load(NativeLibraries set, List<NativeLibrary> files) throws UnusableNatives {
    MappedFiles mapped = MappedFiles.now();
    if (mapped.isMusl()) {
      throw new UnusableNatives("natives", SystemLoader.MUSL, null);
    }
    if (set instanceof DeployLibraries && InstalledNatives.folder().isPresent()) {
      Path folder = InstalledNatives.verified(InstalledNatives.folder().get());
      return load(set, files, folder, Place.all(), mapped);
    }
    List<String> problems = new ArrayList<>();
    List<Place> places = set instanceof DeployLibraries ? Place.all() : Place.onDisk();
    for (int i = 0; i < places.size(); i++) {
      try {
        Path folder = new NativeCache(places.get(i).folder()).folder(files);
        return load(set, files, folder, places.subList(i, places.size()), mapped);
      } catch (IOException e) {
        problems.add(e.toString());
      } catch (UnusableNatives e) {
        if (!e.isForbidden()) {
          throw e;
        }
        problems.add(places.get(i) + ": " + SystemLoader.FORBIDDEN);
      }
    }
    throw UnusableNatives.noPlace(problems);
  }

  private static Natives load(
      NativeLibraries set, List<NativeLibrary> files, Path folder, List<Place> places, MappedFiles mapped)
      throws UnusableNatives {
    try {
      LibraryLoader.load(folder, files, places, mapped);
      return new Natives(set.name(), folder, places);
    } catch (UnsatisfiedLinkError e) {
      throw UnusableNatives.unloaded(folder, e);
    } catch (IOException e) {
      throw UnusableNatives.noPlace(List.of(e.toString()));
    }
  }

  /** Initialised once, under the virtual machine's own lock. */
  private static final class Loaded {
    static final @Nullable Natives NATIVES;
    static final @Nullable UnusableNatives FAILURE;

    static {
      Natives natives = null;
      UnusableNatives failure = null;
      try {
        natives = load(platform());
      } catch (UnusableNatives e) {
        failure = e;
      }
      NATIVES = natives;
      FAILURE = failure;
    }
  }
}

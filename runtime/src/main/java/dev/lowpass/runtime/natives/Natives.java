package dev.lowpass.runtime.natives;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries of this process, loaded on first use and for good. JavaCPP's own loader is kept out of it: it
 * would unpack 390 MB and insist on the compiler.
 */
public final class Natives {
  private static final String WRITABLE =
      "; set LOWPASS_CACHE to a folder that can be written, and from which code may be run";

  private final String name;
  private final Path folder;

  private Natives(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /**
   * The loaded libraries. Thread-safe.
   *
   * @throws LowpassRuntimeException LP5010, the same one at each call, where there are none for this platform
   *     or they do not load
   */
  public static Natives load() {
    if (Loaded.FAILURE != null) {
      throw new LowpassRuntimeException(5010, Loaded.FAILURE.place(), Loaded.FAILURE.problem(), Loaded.FAILURE.cause());
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
   * A folder of the cache with other files, for whoever needs more than a process loads: programs, most of all. They are
   * unpacked at the first call ever.
   *
   * @throws LowpassRuntimeException LP5010 where they cannot be written
   */
  public static Path unpacked(List<NativeLibrary> files) {
    try {
      return NativeCache.ofUser().folder(files);
    } catch (IOException e) {
      throw new LowpassRuntimeException(5010, "natives", "cannot be written to the cache (" + e + ")" + WRITABLE, e);
    }
  }

  /** As JavaCPP writes it, for example {@code linux-x86_64}. */
  public static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "");
    String processor = System.getProperty("os.arch");
    return system + "-" + (processor.equals("amd64") ? "x86_64" : processor);
  }

  private static Natives load(String platform) throws IOException {
    List<NativeLibraries> sets = new ArrayList<>(List.of(new DeployLibraries()));
    ServiceLoader.load(NativeLibraries.class, Natives.class.getClassLoader()).forEach(sets::add);
    sets.sort(Comparator.comparingInt(NativeLibraries::priority).reversed());
    for (NativeLibraries set : sets) {
      List<NativeLibrary> files = set.files(platform);
      if (!files.isEmpty()) {
        Path folder = NativeCache.ofUser().folder(files);
        load(folder, files);
        return new Natives(set.name(), folder);
      }
    }
    throw new UnsatisfiedLinkError("no native libraries for " + platform + "; this version runs on linux-x86_64");
  }

  private static void load(Path folder, List<NativeLibrary> files) {
    System.setProperty("org.bytedeco.javacpp.loadLibraries", "false");
    for (NativeLibrary file : files) {
      if (file.use() == NativeLibrary.Use.LOAD) {
        System.load(folder.resolve(file.fileName()).toString());
      }
    }
  }

  /**
   * What to do where code does not load; nothing where nobody knows.
   *
   * @param problem as the system's loader says it
   */
  public static String remedy(String problem) {
    // As glibc says that a file lies on a file system that is mounted noexec.
    boolean forbidden = problem.contains("failed to map segment") || problem.contains("Operation not permitted");
    return forbidden ? "; code may not be run from there (noexec?)" + WRITABLE : "";
  }

  private record Failure(String place, String problem, Throwable cause) {}

  /** Initialised once, under the virtual machine's own lock. */
  private static final class Loaded {
    static final @Nullable Natives NATIVES;
    static final @Nullable Failure FAILURE;

    static {
      Natives natives = null;
      Failure failure = null;
      try {
        natives = load(platform());
      } catch (IOException e) {
        failure = unwritten(e);
      } catch (UncheckedIOException e) {
        failure = unwritten(e.getCause());
      } catch (UnsatisfiedLinkError e) {
        String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("do not load");
        failure = new Failure("natives", problem + remedy(problem), e);
      }
      NATIVES = natives;
      FAILURE = failure;
    }

    private static Failure unwritten(IOException problem) {
      String what = "cannot be written to the cache (" + problem + ")" + WRITABLE;
      return new Failure("natives", what, problem);
    }
  }
}

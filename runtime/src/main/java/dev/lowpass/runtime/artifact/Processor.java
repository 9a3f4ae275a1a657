package dev.lowpass.runtime.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the operating system says that this machine's processor can do. Its word counts: virtual machines hide the
 * model.
 */
public final class Processor {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Feature flags as the system names them, for example {@code avx512f}; empty where it does not say. */
  public static Set<String> features() {
    return features(CPUINFO);
  }

  /** The first processor's name as the system gives it; empty where it does not say. */
  public static String model() {
    return first("model name");
  }

  /** Who made the first processor, for instance {@code AuthenticAMD}; empty where the system does not say. */
  public static String vendor() {
    return first("vendor_id");
  }

  /** The first processor's family as its vendor counts, such as {@code 25}; empty where the system does not say. */
  public static String family() {
    return first("cpu family");
  }

  private static String first(String key) {
    try (Stream<String> lines = Files.lines(CPUINFO, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException unknown) {
      return "";
    }
  }

  /** Flags that every processor listed has. */
  static Set<String> features(Path cpuinfo) {
    Set<String> common = new TreeSet<>();
    boolean first = true;
    try (Stream<String> lines = Files.lines(cpuinfo, StandardCharsets.ISO_8859_1)) {
      for (String line : (Iterable<String>) lines.filter(l -> l.startsWith("flags"))::iterator) {
        List<String> flags = List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+"));
        if (first) {
          common.addAll(flags);
          first = false;
        } else {
          common.retainAll(flags);
        }
      }
    } catch (IOException unknown) {
      return Set.of();
    }
    return common;
  }
}

package dev.lowpass.codegen.tune;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times between compilations: a text file for one processor, target and version of the kernels, which its first lines
 * name; then a line a time. Whatever cannot be read is ignored and overwritten. Two compilations at once are harmless:
 * the file is replaced whole, and what one of them lacks is measured again.
 *
 * <pre>
 * product [1, 64, 14, 14] -> [1, 384, 14, 14] #0f1e2d3c4b5a6978 ⇥ rows=9 vectors=3 ahead=1 tasks=32 ⇥ 1 ⇥ 24.310 ⇥ 25.020
 * </pre>
 */
final class TimeCache {
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_LINES = 10_000;
  private static final int MOST_FILES = 16;

  /** What was timed. */
  record Key(String signature, String choice, int threads) {}

  /**
   * Microseconds of a choice, and of the built-in one beside it: only their ratio outlasts a machine whose speed
   * changes.
   */
  record Time(double microseconds, double builtIn) {
    static final Time OF_BUILT_IN = new Time(1, 1);

    double ratio() {
      return microseconds / builtIn;
    }

    private boolean isSound() {
      return microseconds > 0 && builtIn > 0 && Double.isFinite(microseconds) && Double.isFinite(builtIn);
    }
  }

  private final Path file;
  private final List<String> header;
  private final Map<Key, Time> times = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  private TimeCache(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /** The times in {@code folder} that belong to {@code header}. */
  static TimeCache of(Path folder, List<String> header) {
    Path file = folder.resolve("times-" + Digest.of(String.join("\n", header)) + ".txt");
    TimeCache cache = new TimeCache(file, header);
    try {
      cache.read();
    } catch (NoSuchFileException none) {
      // The first compilation.
    } catch (IOException e) {
      cache.remarks.add("times in %s cannot be read and are measured again (%s)".formatted(file, e.getMessage()));
    }
    return cache;
  }

  private void read() throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("more than " + MOST_BYTES + " bytes");
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.size() < header.size() || !lines.subList(0, header.size()).equals(header)) {
      throw new IOException("it does not begin as it should");
    }
    int broken = 0;
    for (String line : lines.subList(header.size(), lines.size())) {
      broken += readLine(line) ? 0 : 1;
    }
    if (broken > 0) {
      remarks.add("%d lines of %s are broken and ignored".formatted(broken, file));
    }
  }

  private boolean readLine(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 5) {
      return false;
    }
    try {
      Time time = new Time(Double.parseDouble(fields[3]), Double.parseDouble(fields[4]));
      if (!time.isSound()) {
        return false;
      }
      times.put(new Key(fields[0], fields[1], Integer.parseInt(fields[2])), time);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  Optional<Time> find(Key key) {
    return Optional.ofNullable(times.get(key));
  }

  void put(Key key, Time time) {
    times.remove(key);
    times.put(key, time);
  }

  /** What the user should know. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Replaces the file; the oldest times go where there are too many, and so do the oldest files. */
  void write() {
    StringBuilder text = new StringBuilder();
    header.forEach(line -> text.append(line).append('\n'));
    times.entrySet().stream().skip(Math.max(0, times.size() - MOST_LINES)).forEach(e -> text.append(line(e)));
    try {
      Files.createDirectories(file.getParent());
      Path draft = Files.createTempFile(file.getParent(), "times-", ".part");
      try {
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      deleteOldFiles();
    } catch (IOException e) {
      remarks.add("times cannot be kept in %s (%s)".formatted(file, e.getMessage()));
    }
  }

  private static String line(Map.Entry<Key, Time> entry) {
    Key key = entry.getKey();
    Time time = entry.getValue();
    return String.join(
        "\t",
        key.signature,
        key.choice,
        String.valueOf(key.threads),
        String.format(Locale.ROOT, "%.3f", time.microseconds),
        String.format(Locale.ROOT, "%.3f\n", time.builtIn));
  }

  private void deleteOldFiles() throws IOException {
    try (Stream<Path> all = Files.list(file.getParent())) {
      List<Path> oldestFirst =
          all.filter(path -> path.getFileName().toString().matches("times-[0-9a-f]{16}\\.txt"))
              .sorted(Comparator.comparing((Path path) -> path.toFile().lastModified()))
              .toList();
      for (Path old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - MOST_FILES))) {
        Files.deleteIfExists(old);
      }
    }
  }
}

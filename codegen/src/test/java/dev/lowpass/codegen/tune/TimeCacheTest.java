package dev.lowpass.codegen.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in a file, and files that somebody else has written to. */
class TimeCacheTest {
  private static final List<String> HEADER = List.of("lowpass times 1", "processor one");
  private static final TimeCache.Key KEY = new TimeCache.Key("product #0", "rows=9", 1);

  @TempDir Path folder = Path.of("");

  private TimeCache open() {
    return TimeCache.of(folder, HEADER);
  }

  private Path write() throws IOException {
    TimeCache cache = open();
    cache.put(KEY, new TimeCache.Time(9.5, 10));
    cache.write();
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void areThereTheNextTime() throws IOException {
    assertThat(Files.readAllLines(write())).containsExactly(
        "lowpass times 1", "processor one", "product #0\trows=9\t1\t9.500\t10.000");
    assertThat(open().find(KEY)).hasValueSatisfying(time -> assertThat(time.ratio()).isEqualTo(0.95));
    assertThat(open().remarks()).isEmpty();
  }

  @Test
  void areNotThoseOfAnotherProcessor() throws IOException {
    write();
    TimeCache other = TimeCache.of(folder, List.of("lowpass times 1", "processor two"));
    assertThat(other.find(KEY)).isEmpty();
    assertThat(other.remarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a\tb", "a\tb\tc\t1\t1", "a\tb\t1\tNaN\t1", "a\tb\t1\t1\tInfinity", "a\tb\t1\t-1\t1", "a\tb\t1\t0\t1"})
  void brokenLinesAreIgnored(String line) throws IOException {
    Path file = write();
    Files.writeString(file, Files.readString(file) + line + "\n");
    assertThat(open().find(KEY)).isPresent();
    assertThat(open().remarks()).singleElement().asString().contains("1 lines of " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "lowpass times 1\nprocessor two\n", "\u0000\u00ff"})
  void brokenFilesAreReplaced(String content) throws IOException {
    Path file = write();
    Files.write(file, content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThat(open().find(KEY)).isEmpty();
    assertThat(open().remarks()).singleElement().asString().contains("measured again");
    assertThat(write()).isEqualTo(file);
    assertThat(open().find(KEY)).isPresent();
  }

  @Test
  void hugeFilesAreNotRead() throws IOException {
    Files.write(write(), new byte[5 << 20]);
    assertThat(open().remarks()).singleElement().asString().contains("bytes");
  }

  @Test
  void theOldestGo() throws IOException {
    Path foreign = Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.setLastModifiedTime(foreign, java.nio.file.attribute.FileTime.fromMillis(0));
    for (int version = 0; version < 20; version++) {
      TimeCache.of(folder, List.of("lowpass times 1", "version " + version)).write();
    }
    TimeCache full = open();
    for (int i = 0; i < 10_001; i++) {
      full.put(new TimeCache.Key("product #0", "rows=9", i), new TimeCache.Time(1, 1));
    }
    full.write();
    assertThat(open().find(new TimeCache.Key("product #0", "rows=9", 0))).isEmpty();
    assertThat(open().find(new TimeCache.Key("product #0", "rows=9", 10_000))).isPresent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(17).contains(foreign);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsARemark() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TimeCache cache = TimeCache.of(file, HEADER);
    cache.write();
    assertThat(cache.remarks()).last().asString().contains("cannot be kept");
  }
}

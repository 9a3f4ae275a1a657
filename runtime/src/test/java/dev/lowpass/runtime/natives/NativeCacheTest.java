package dev.lowpass.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir
  Path root;

  @TempDir
  Path source;

  @Test
  void extractsOnceAndNamesTheFolderAfterTheContent() throws IOException {
    NativeCache cache = new NativeCache(root);
    List<NativeLibrary> first = List.of(library("a.so", "one"), library("b.so", "two"));
    Path folder = cache.folder(first);
    assertThat(folder.resolve("a.so")).hasContent("one");
    assertThat(cache.folder(first)).isEqualTo(folder);
    assertThat(cache.folder(List.of(library("a.so", "ONE"), library("b.so", "two")))).isNotEqualTo(folder);
    assertThat(list(root)).hasSize(2);
  }

  @Test
  void replacesWhatIsDamaged() throws IOException {
    NativeCache cache = new NativeCache(root);
    List<NativeLibrary> libraries = List.of(library("a.so", "one"));
    Path folder = cache.folder(libraries);
    Files.writeString(folder.resolve("a.so"), "on");
    assertThat(cache.folder(libraries).resolve("a.so")).hasContent("one");
    Files.delete(folder.resolve("listing"));
    assertThat(cache.folder(libraries).resolve("a.so")).hasContent("one");
    assertThat(list(root)).containsExactly(folder);
  }

  @Test
  void manyAtOnceEndWithOneCompleteFolder() throws Exception {
    List<NativeLibrary> libraries = List.of(library("a.so", "x".repeat(100_000)), library("b.so", "two"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> folders = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        folders.add(threads.submit(() -> new NativeCache(root).folder(libraries)));
      }
      for (Future<Path> folder : folders) {
        assertThat(folder.get().resolve("a.so")).hasSize(100_000);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(list(root)).hasSize(1);
  }

  private NativeLibrary library(String name, String content) throws IOException {
    URL url = Files.writeString(source.resolve(name), content).toUri().toURL();
    return new NativeLibrary(name, url, NativeLibrary.Use.LOAD);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}

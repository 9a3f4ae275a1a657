package dev.lowpass.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an artifact is up to date: not by times, which a checkout sets anew. */
class StampTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void compile() throws IOException {
    Files.writeString(folder.resolve("a.onnx"), "model");
    Files.writeString(folder.resolve("weights of a.bin"), "weights");
    Files.writeString(folder.resolve("a.bands"), "bands");
    Files.writeString(folder.resolve("photo.npy"), "photo");
    Files.writeString(folder.resolve("a.lowpass"), "artifact");
    stamp().write(List.of(folder.resolve("weights of a.bin"), folder.resolve("weights of a.bin")));
  }

  @Test
  void holdsUntilSomethingElseWouldComeOut() throws IOException {
    assertThat(stamp().holds()).isTrue();
    Files.writeString(folder.resolve("a.onnx"), "model");
    assertThat(stamp().holds()).isTrue();
    assertThat(stamp("compiler 2", "a.bands").holds()).isFalse();
    assertThat(stamp("compiler", "a.onnx").holds()).isFalse();
    stamp().delete();
    assertThat(stamp().holds()).isFalse();
    stamp().delete();
  }

  @Test
  void everyFileCounts() throws IOException {
    for (String name : List.of("a.onnx", "weights of a.bin", "a.bands", "photo.npy", "a.lowpass")) {
      Path file = folder.resolve(name);
      String was = Files.readString(file);
      Files.writeString(file, "other");
      assertThat(stamp().holds()).as(name + " is another").isFalse();
      Files.delete(file);
      assertThat(stamp().holds()).as(name + " is gone").isFalse();
      Files.writeString(file, was);
      assertThat(stamp().holds()).as(name + " is back").isTrue();
    }
  }

  private Stamp stamp() {
    return stamp("compiler", "a.bands");
  }

  private Stamp stamp(String compiler, String bands) {
    List<String> options = List.of("--bands", bands, "--input", "image=photo.npy", "--shape", "image=1x3x14x14");
    Task task = new Task(folder, folder.resolve("a.onnx"), "cuda", folder.resolve("a.lowpass"), options);
    return new Stamp(folder.resolve("state/a.stamp"), compiler, task);
  }
}

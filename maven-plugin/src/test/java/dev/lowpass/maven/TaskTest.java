package dev.lowpass.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of the compiler, and where it puts it. */
class TaskTest {
  @Test
  void artifactsForSeveralTargetsHaveNamesOfTheirOwn() {
    assertThat(Task.artifactName("a", "cpu:x86-64-v3", false)).isEqualTo("a.lowpass");
    assertThat(Task.artifactName("a", "cpu:x86-64-v3", true)).isEqualTo("a-cpu-x86-64-v3.lowpass");
    assertThat(Task.artifactName("a", "cpu:x86-64-v4+bf16", true)).isEqualTo("a-cpu-x86-64-v4-bf16.lowpass");
    assertThat(Task.artifactName("a", "cuda:sm_90", true)).isEqualTo("a-cuda-sm-90.lowpass");
  }

  @Test
  void theCommandTakesTheOptionsAsTheyAre() {
    Task task = new Task(Path.of("/p"), Path.of("/p/a.onnx"), "cuda", Path.of("/p/a.lowpass"), List.of("--target", "cuda"));
    assertThat(task.arguments())
        .containsExactly("compile", "/p/a.onnx", "--output", "/p/a.lowpass", "--target", "cuda", "--json");
    assertThat(task.files()).containsExactly(Path.of("/p/a.onnx"));
  }
}

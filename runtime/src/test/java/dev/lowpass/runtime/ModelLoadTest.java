package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.artifact.SyntheticArtifact;
import dev.lowpass.runtime.natives.Natives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading what does not load. Models that run are tested where there is a compiler. */
class ModelLoadTest {
  @TempDir
  Path folder;

  @Test
  void codeThatIsNoLibraryIsOneErrorAndLeavesNothingBehind() throws IOException {
    Path natives = Natives.load().folder().getParent();
    List<Path> before = list(natives);
    Path file = Files.write(folder.resolve("model.lowpass"), new SyntheticArtifact().bytes());
    assertThatThrownBy(() -> Model.load(file))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5022 " + file + ": ")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThat(list(natives)).isEqualTo(before);
  }

  @Test
  void codeForAnotherProcessorIsNotLoaded() throws IOException {
    SyntheticArtifact artifact =
        new SyntheticArtifact(SyntheticArtifact.manifest(Natives.platform(), List.of("avx9000")));
    Path file = Files.write(folder.resolve("model.lowpass"), artifact.bytes());
    assertThatThrownBy(() -> Model.load(file)).hasMessageStartingWith("LP5004 ").hasMessageContaining("avx9000");
  }

  @Test
  void streamsAndResourcesAreCheckedAlike() {
    assertThatThrownBy(() -> Model.load(new ByteArrayInputStream(new byte[1000])))
        .hasMessage("LP5002 stream: is not a Lowpass artifact");
    assertThatThrownBy(() -> Model.loadResource(ModelLoadTest.class, "absent.lowpass"))
        .hasMessage("LP5001 absent.lowpass: no such resource beside dev.lowpass.runtime.ModelLoadTest");
    assertThatThrownBy(() -> Model.loadResource(ModelLoadTest.class, "ModelLoadTest.class"))
        .hasMessage("LP5002 ModelLoadTest.class: is not a Lowpass artifact");
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}

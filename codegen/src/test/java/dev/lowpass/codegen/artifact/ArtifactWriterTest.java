package dev.lowpass.codegen.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactWriterTest {
  private static final byte[] CODE = {1, 2, 3};

  @TempDir
  Path folder;

  @Test
  void theReaderFindsWhatWasWritten() {
    Path file = folder.resolve("model.lowpass");
    ArtifactWriter.write(file, TinyModel.manifest(), Sections.of(CODE, TinyModel.parameters()));
    Artifact artifact = ArtifactReader.read(file, "model");
    assertThat(artifact.manifest()).isEqualTo(TinyModel.manifest());
    assertThat(artifact.code()).containsExactly(CODE);
    assertThat(artifact.parameters()).isEqualTo(ByteBuffer.wrap(TinyModel.parameters()));
  }

  @Test
  void theSameContentGivesTheSameBytesAndReplacesAFile() throws IOException {
    Path first = Files.writeString(folder.resolve("first"), "something longer than nothing");
    Path second = folder.resolve("second");
    for (Path file : new Path[] {first, second}) {
      ArtifactWriter.write(file, TinyModel.manifest(), Sections.of(CODE, TinyModel.parameters()));
    }
    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(list()).containsExactly(first, second);
  }

  @Test
  void theSameSourceGivesTheSameCode() {
    assertThat(TinyModel.code()).isEqualTo(TinyModel.code());
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Path absent = folder.resolve("absent/model.lowpass");
    assertThatThrownBy(() -> ArtifactWriter.write(absent, TinyModel.manifest(), Sections.of(CODE, TinyModel.parameters())))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP4016 " + absent + ": cannot be written: there is no folder " + absent.getParent());
    Path isFolder = Files.createDirectories(folder.resolve("folder/inside")).getParent();
    assertThatThrownBy(() -> ArtifactWriter.write(isFolder, TinyModel.manifest(), Sections.of(CODE, TinyModel.parameters())))
        .hasMessageStartingWith("LP4016 " + isFolder + ": cannot be written: ");
    assertThat(list()).containsExactly(isFolder);
    assertThatThrownBy(() -> ArtifactWriter.write(isFolder, TinyModel.manifest(), Sections.of(CODE, new byte[4])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Stream<Path> list() throws IOException {
    return Files.list(folder).sorted();
  }
}

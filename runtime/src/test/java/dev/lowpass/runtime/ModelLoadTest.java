package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.SyntheticArtifact;
import dev.lowpass.runtime.natives.Natives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

  @Test
  void loadsFromAnythingThatHoldsAnArtifact() throws IOException {
    RectifyModel.load().close();
    URL url = RectifyModel.class.getResource(RectifyModel.RESOURCE);
    byte[] bytes = url.openStream().readAllBytes();
    Path file = Files.write(folder.resolve("rectify.lowpass"), bytes);
    ByteBuffer within = ByteBuffer.allocateDirect(bytes.length + 9).position(4).put(bytes).flip().position(4);
    InputStream endless = new SequenceInputStream(new ByteArrayInputStream(bytes), new EndlessStream());
    List<Supplier<Model>> ways =
        List.of(
            () -> Model.load(file),
            () -> Model.load(url),
            () -> Model.load(new ByteArrayInputStream(bytes)),
            () -> Model.load(ByteBuffer.wrap(bytes).asReadOnlyBuffer()),
            () -> Model.load(within),
            () -> Model.loadResource(RectifyModel.class, "/dev/lowpass/runtime/" + RectifyModel.RESOURCE));
    for (Supplier<Model> way : ways) {
      try (Model model = way.get(); Session session = model.newSession(SessionOptions.threads(1))) {
        Tensor y = session.run(Map.of("x", Tensor.of(RectifyModel.ramp(), RectifyModel.SHAPE))).get("y");
        assertThat(y.floats()).containsExactly(RectifyModel.rectified());
      }
    }
    assertThat(within.remaining()).isEqualTo(bytes.length);
    assertThatThrownBy(() -> Model.load(endless)).hasMessageStartingWith("LP5002 stream: is damaged");
  }

  @Test
  void trustIsAskedForEachOfThem() throws IOException {
    RectifyModel.load().close();
    URL url = RectifyModel.class.getResource(RectifyModel.RESOURCE);
    byte[] bytes = url.openStream().readAllBytes();
    List<Runnable> ways =
        List.of(
            () -> Model.load(url, Trust.trusting()),
            () -> Model.load(new ByteArrayInputStream(bytes), Trust.trusting()),
            () -> Model.load(ByteBuffer.wrap(bytes), Trust.trusting()),
            () -> Model.loadResource(RectifyModel.class, RectifyModel.RESOURCE, Trust.trusting()));
    for (Runnable way : ways) {
      assertThatThrownBy(way::run).hasMessageStartingWith("LP5005 ").hasMessageContaining("is not signed");
    }
  }

  @Test
  void streamsWithoutAnEndFillNothing() throws IOException {
    assertThatThrownBy(() -> Model.load(new EndlessStream())).hasMessage("LP5002 stream: is not a Lowpass artifact");
    byte[] header = new byte[64];
    FileLayout.header(FileLayout.VERSION, 100, 2, 1L << 60).get(header, 0, 32);
    InputStream claims = new SequenceInputStream(new ByteArrayInputStream(header), new EndlessStream());
    assertThatThrownBy(() -> Model.load(claims))
        .hasMessage("LP5002 stream: says that it has 1152921504606846976 bytes, and a stream may have 4294967296; load it as"
            + " a file");
    byte[] whole = new SyntheticArtifact().bytes();
    assertThatThrownBy(() -> Model.load(ByteBuffer.wrap(whole, 0, whole.length - 1)))
        .hasMessageStartingWith("LP5002 buffer: is damaged");
    assertThatThrownBy(() -> Model.load(folder.resolve("absent").toUri().toURL())).hasMessageStartingWith("LP5001 file:");
  }

  /** Zeros for ever. */
  private static final class EndlessStream extends InputStream {
    @Override
    public int read() {
      return 0;
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}

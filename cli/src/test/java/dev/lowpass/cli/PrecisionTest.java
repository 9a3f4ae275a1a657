package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.backend.Presence;
import dev.lowpass.runtime.artifact.ArtifactReader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of rounded numbers, on the command line. */
class PrecisionTest {
  private static final String ROUNDING = "cpu:x86-64-v4+bf16";

  @TempDir static Path folder = Path.of("");

  private static Path model = Path.of("");

  @BeforeAll
  static void write() {
    model = ToyModel.write(folder);
  }

  private static Invocation compile(Path artifact, String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(new String[] {"compile", model.toString(), "-o", artifact.toString()}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return Invocation.of(folder, all);
  }

  /** Without a check nothing need be here but the compiler. */
  @Test
  void anArtifactSaysWhatItNeedsAndHowItWasMade() {
    Path artifact = folder.resolve("bf16.lowpass");
    Invocation made = compile(artifact, "--precision", "bf16", "--target", ROUNDING, "--no-check");
    assertThat(made.err()).isEmpty();
    assertThat(made.code()).isZero();
    var manifest = ArtifactReader.read(artifact, artifact.toString()).manifest();
    assertThat(manifest.target().name()).isEqualTo(ROUNDING);
    assertThat(manifest.target().features()).contains("avx512_bf16");
    assertThat(manifest.build().toString()).contains("precision=bf16");
    assertThat(manifest.sizes().getFirst().steps()).anyMatch(step -> step.contains(", bf16]"));
  }

  /** PTX is written wherever the compiler runs. */
  @ParameterizedTest
  @ValueSource(strings = {"tf32", "fp16"})
  void devicesHaveOthers(String precision) {
    Path artifact = folder.resolve(precision + ".lowpass");
    Invocation made = compile(artifact, "--precision", precision, "--target", "cuda", "--no-check");
    assertThat(made.err()).isEmpty();
    assertThat(made.code()).isZero();
    var manifest = ArtifactReader.read(artifact, artifact.toString()).manifest();
    assertThat(manifest.build().toString()).contains("precision=" + precision);
    assertThat(manifest.sizes().getFirst().steps()).anyMatch(step -> step.contains(", " + precision + "]"));
    assertThat(compile(folder.resolve("x"), "--precision", precision).err())
        .isEqualToIgnoringNewLines(
            "LP4029 cpu: has no instructions for products in %s; cuda:sm_80, cuda:sm_90 have".formatted(precision));
  }

  @Test
  void roundingIsReported() {
    assumeTrue(
        Backends.parse(ROUNDING).presence() instanceof Presence.Here, () -> "this processor lacks avx512_bf16");
    Invocation made = compile(folder.resolve("checked.lowpass"), "--precision", "bf16", "--target", ROUNDING);
    assertThat(made.code()).isZero();
    assertThat(made.out()).containsPattern("rounding to bf16 moves output \\w+ by [0-9.e-]+ \\(relative L2\\) on seeded input");
  }

  /** What the target does not have is left out without a word where it was not insisted on. */
  @Test
  void autoTakesWhatThereIs() {
    Path artifact = folder.resolve("auto.lowpass");
    assertThat(compile(artifact, "--precision", "auto", "--target", "cpu:x86-64-v3", "--no-check").code()).isZero();
    assertThat(ArtifactReader.read(artifact, artifact.toString()).manifest().build().toString()).doesNotContain("precision");
    assertThat(compile(artifact, "--precision", "auto", "--target", "cuda", "--no-check").code()).isZero();
    assertThat(ArtifactReader.read(artifact, artifact.toString()).manifest().build().toString()).contains("precision=fp16");
  }

  @Test
  void mistakesAreOneLine() {
    Invocation unable = compile(folder.resolve("x"), "--precision", "bf16", "--target", "cpu:x86-64-v3");
    assertThat(unable.code()).isEqualTo(ExitCode.INPUT);
    assertThat(unable.err())
        .isEqualToIgnoringNewLines(
            "LP4029 cpu:x86-64-v3: has no instructions for products in bf16; cpu:x86-64-v4+bf16, cpu:x86-64-v4+amx, cuda:sm_80, cuda:sm_90 have");
    Invocation unknown = compile(folder.resolve("x"), "--precision", "f16");
    assertThat(unknown.err()).isEqualToIgnoringNewLines("LP7028 --precision: f16 is none; there are f32, tf32, fp16, bf16, auto");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}

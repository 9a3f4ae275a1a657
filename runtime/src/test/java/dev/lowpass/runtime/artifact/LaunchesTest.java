package dev.lowpass.runtime.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches in a manifest, as compilers write them and as hostile hands could. */
class LaunchesTest {
  /** One that fits the sizes of {@link SyntheticArtifact}: an input, an output, 128 bytes of parameters, 64 of scratch. */
  private static final KernelLaunch GOOD =
      new KernelLaunch(
          1,
          "k",
          new KernelLaunch.Extent(Integer.MAX_VALUE, 65535, 65535),
          new KernelLaunch.Extent(32, 8, 4),
          List.of("in0", "out0", "params", "params+127", "scratch+63").stream().map(KernelLaunch.Argument::parse).toList());

  @TempDir
  Path folder;

  @Test
  void areParsedAsPrinted() throws IOException {
    Manifest.Size plain = SyntheticArtifact.size(1, 128);
    KernelLaunch first =
        new KernelLaunch(0, "first", new KernelLaunch.Extent(1, 1, 1), new KernelLaunch.Extent(1, 1, 1), List.of());
    Manifest manifest =
        SyntheticArtifact.manifest("linux-x86_64", List.of(), List.of(with(plain, List.of(first, GOOD)), with(
            SyntheticArtifact.size(4, 128), List.of(GOOD))));
    byte[] text = ManifestJson.print(manifest);
    assertThat(ManifestJson.parse(text)).isEqualTo(manifest);
    assertThat(ManifestJson.print(ManifestJson.parse(text))).isEqualTo(text);
    assertThat(new String(text, StandardCharsets.UTF_8))
        .contains("\"launches\":[{\"step\":0,\"kernel\":\"first\",\"groups\":[1,1,1],\"items\":[1,1,1],\"arguments\":[]},"
            + "{\"step\":1,\"kernel\":\"k\",\"groups\":[2147483647,65535,65535],\"items\":[32,8,4],"
            + "\"arguments\":[\"in0\",\"out0\",\"params\",\"params+127\",\"scratch+63\"]}]");
  }

  private static Manifest.Size with(Manifest.Size size, List<KernelLaunch> launches) {
    return new Manifest.Size(size.inputs(), size.outputs(), size.memory(), size.steps(), launches, size.report());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "in", "in-1", "in1", "in0+4", "in99999999999", "inx", "out1", "out0+64", "out", "params0", "params+128",
        "params+-1", "params-64", "params+9223372036854775807", "params+9223372036854775808", "params+", "scratch+64",
        "scratch1", "scratch+1+1", "stack", "+0", "Params"
      })
  void pointToWhatIsThere(String argument) {
    assertRejected(changed("arguments", List.of(argument)));
  }

  @Test
  void areOfExtentsThatDevicesHave() {
    for (String key : List.of("groups", "items")) {
      for (long wrong : new long[] {0, -1, 1L << 31, 1L << 40, Long.MIN_VALUE}) {
        assertRejected(changed(key, List.of(wrong, 1L, 1L)));
        assertRejected(changed(key, List.of(1L, wrong, 1L)));
        assertRejected(changed(key, List.of(1L, 1L, wrong)));
      }
      assertRejected(changed(key, List.of(1L, 65536L, 1L)));
      assertRejected(changed(key, List.of(1L, 1L)));
      assertRejected(changed(key, List.of(1L, 1L, 1L, 1L)));
      assertRejected(changed(key, List.of(1L, 1L, "1")));
      assertRejected(changed(key, 1L));
    }
    assertRejected(changed("items", List.of(1025L, 1L, 1L)));
    assertRejected(changed("items", List.of(2147483647L, 65535L, 65535L)));
  }

  @Test
  void areOfStepsInTheirOrder() throws IOException {
    assertRejected(changed("step", 2L));
    assertRejected(changed("step", -1L));
    assertRejected(changed("step", 1L << 32));
    assertRejected(changed("step", "0"));
    Map<String, Object> before = changed("step", 0L);
    assertRejected(List.of(changed("step", 1L), before));
    read(List.of(before, changed("step", 1L)));
  }

  @Test
  void areLaunches() throws IOException {
    assertRejected(changed("kernel", ""));
    assertRejected(changed("kernel", 1L));
    assertRejected(changed("arguments", Collections.nCopies(65, "in0")));
    assertRejected(changed("arguments", "in0"));
    assertRejected(changed("arguments", List.of(0L)));
    assertRejected(List.of("k"));
    assertRejected(List.of(Map.of()));
    assertRejected("none");
    read(List.of(changed("kernel", "k")));
  }

  private static Map<String, Object> changed(String key, Object value) {
    Map<String, Object> launch = new LinkedHashMap<>();
    launch.put("step", 1L);
    launch.put("kernel", "k");
    launch.put("groups", List.of(1L, 1L, 1L));
    launch.put("items", List.of(1L, 1L, 1L));
    launch.put("arguments", new ArrayList<>(List.of("in0")));
    launch.put(key, value);
    return launch;
  }

  private Artifact read(Object launches) throws IOException {
    SyntheticArtifact artifact = new SyntheticArtifact().withManifestEntry("launches", launches);
    return ArtifactReader.read(Files.write(folder.resolve("model"), artifact.bytes()), "model");
  }

  private void assertRejected(Map<String, Object> launch) {
    assertRejected(List.of(launch));
  }

  private void assertRejected(Object launches) {
    assertThatThrownBy(() -> read(launches))
        .hasMessageStartingWith("LP5002 model: is damaged: manifest: ")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }
}

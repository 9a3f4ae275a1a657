package dev.lowpass.runtime.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest's text, its limits, and what it demands of a machine. */
class ManifestTest {
  private static final Manifest GOOD = SyntheticArtifact.manifest("linux-x86_64", List.of("avx2", "fma"));

  @TempDir
  Path folder;

  @Test
  void parsesWhatItPrints() throws IOException {
    byte[] text = ManifestJson.print(GOOD);
    assertThat(ManifestJson.parse(text)).isEqualTo(GOOD);
    assertThat(ManifestJson.print(ManifestJson.parse(text))).isEqualTo(text);
  }

  /** Artifacts keep their bytes, and their readers, however the record is cut. */
  @Test
  void theTextIsFlatAndInThisOrder() {
    String text =
        """
        {"name":"synthetic","compiler":"lowpass test","target":"cpu","platform":"linux-x86_64","device":"cpu",
        "features":["avx2","fma"],"inputs":[{"name":"x","type":"f32","shape":[1,3,2,2]}],
        "outputs":[{"name":"y","type":"f32","shape":[1,4]}],"parameterBytes":128,"scratchBytes":64,
        "workerScratchBytes":0,"steps":["first","second"],"modelSha256":"%s","options":{"dense":"true"},
        "report":{"remarks":["none"]}}
        """
            .replace("\n", "");
    assertThat(new String(ManifestJson.print(GOOD), StandardCharsets.UTF_8)).isEqualTo(text.formatted("0".repeat(64)));
  }

  /** The first size lies where the only one would. */
  @Test
  void moreSizesFollow() throws IOException {
    Manifest two =
        SyntheticArtifact.manifest(
            "linux-x86_64", List.of("avx2", "fma"), List.of(SyntheticArtifact.size(1, 128), SyntheticArtifact.size(4, 192)));
    String text = new String(ManifestJson.print(two), StandardCharsets.UTF_8);
    String one = new String(ManifestJson.print(GOOD), StandardCharsets.UTF_8);
    String more =
        """
        ,"moreSizes":[{"inputs":[{"name":"x","type":"f32","shape":[4,3,2,2]}],
        "outputs":[{"name":"y","type":"f32","shape":[4,4]}],"parameterBytes":192,"scratchBytes":64,
        "workerScratchBytes":0,"steps":["first","second"],"report":{"remarks":["none"]}}]}
        """
            .replace("\n", "");
    assertThat(text).isEqualTo(one.substring(0, one.length() - 1) + more);
    assertThat(ManifestJson.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(two);
    assertThat(two.parameterBytes()).isEqualTo(192);
  }

  @Test
  void rejectsSizesThatAreNotOfOneModel() {
    assertRejected(withSecond("inputs", List.of(tensor("z", "f32", 4L, 3L, 2L, 2L))));
    assertRejected(withSecond("inputs", List.of(tensor("x", "f16", 4L, 3L, 2L, 2L))));
    assertRejected(withSecond("inputs", List.of()));
    assertRejected(withSecond("outputs", List.of(tensor("y", "i32", 4L, 4L))));
    assertRejected(withSecond("outputs", List.of(tensor("y", "f32", 4L), tensor("z", "f32", 4L))));
  }

  @Test
  void rejectsSizesThatNobodyCouldChoose() {
    assertRejected(withSecond("inputs", List.of(tensor("x", "f32", 1L, 3L, 2L, 2L))));
    assertRejected(new SyntheticArtifact().withManifestEntry("moreSizes", "none"));
    assertRejected(new SyntheticArtifact().withManifestEntry("moreSizes", List.of("none")));
    assertRejected(new SyntheticArtifact().withManifestEntry("moreSizes", List.of(Map.of())));
    List<Object> many = new ArrayList<>();
    for (long batch = 2; batch < 100; batch++) {
      many.add(second("inputs", List.of(tensor("x", "f32", batch, 3L, 2L, 2L))));
    }
    assertRejected(SyntheticArtifact.ofTwoSizes().withManifestEntry("moreSizes", many));
  }

  @Test
  void rejectsSizesOfImpossibleMemory() {
    assertRejected(withSecond("parameterBytes", 0L));
    assertRejected(withSecond("parameterBytes", -64L));
    assertRejected(SyntheticArtifact.ofTwoSizes().withManifestEntry("parameterBytes", 192L));
    assertRejected(withSecond("scratchBytes", 1L));
    assertRejected(withSecond("workerScratchBytes", 1L << 62));
    assertRejected(withSecond("workerScratchBytes", Long.MIN_VALUE));
    assertRejected(withSecond("steps", 3L));
    assertRejected(withSecond("report", List.of()));
  }

  private static Map<String, Object> tensor(String name, String type, Long... shape) {
    return Map.of("name", name, "type", type, "shape", List.of(shape));
  }

  private static SyntheticArtifact withSecond(String key, Object value) {
    return SyntheticArtifact.ofTwoSizes().withManifestEntry("moreSizes", List.of(second(key, value)));
  }

  private static Map<String, Object> second(String key, Object value) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("inputs", List.of(tensor("x", "f32", 4L, 3L, 2L, 2L)));
    size.put("outputs", List.of(tensor("y", "f32", 4L, 4L)));
    size.put("parameterBytes", 128L);
    size.put("scratchBytes", 64L);
    size.put("workerScratchBytes", 0L);
    size.put("steps", List.of("first"));
    size.put("report", Map.of());
    size.put(key, value);
    return size;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{} {}", "{\"name\": 1}", "{\"name\": \"a\", \"name\": \"b\"}"})
  void rejectsWhatIsNoManifest(String text) {
    assertThatThrownBy(() -> ManifestJson.parse(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
  }

  @Test
  void rejectsBombs() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertRejected(new SyntheticArtifact().withManifest(deep));
    String longNumber = "{\"a\":1" + "0".repeat(1_000_000) + "}";
    assertRejected(new SyntheticArtifact().withManifest(longNumber));
  }

  @Test
  void rejectsImpossibleContent() {
    List<Object> negative = List.of(Map.of("name", "x", "type", "f32", "shape", List.of(-1L)));
    assertRejected(new SyntheticArtifact().withManifestEntry("inputs", negative));
    List<Object> huge = List.of(Map.of("name", "x", "type", "f32", "shape", List.of(1L << 31, 1L << 31, 1L << 31)));
    assertRejected(new SyntheticArtifact().withManifestEntry("inputs", huge));
    List<Object> unknownType = List.of(Map.of("name", "x", "type", "f99", "shape", List.of(1L)));
    assertRejected(new SyntheticArtifact().withManifestEntry("outputs", unknownType));
    assertRejected(new SyntheticArtifact().withManifestEntry("inputs", List.of("x")));
    assertRejected(new SyntheticArtifact().withManifestEntry("scratchBytes", 63L));
    assertRejected(new SyntheticArtifact().withManifestEntry("scratchBytes", "64"));
    assertRejected(new SyntheticArtifact().withManifestEntry("workerScratchBytes", -64L));
    assertRejected(new SyntheticArtifact().withManifestEntry("device", "abacus"));
  }

  private void assertRejected(SyntheticArtifact artifact) {
    assertThatThrownBy(() -> ArtifactReader.read(Files.write(folder.resolve("model"), artifact.bytes()), "model"))
        .hasMessageStartingWith("LP5002 model: is damaged: manifest: ")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void runsOnlyWhereItsFeaturesAre() throws IOException {
    Artifact artifact = ArtifactReader.read(
        Files.write(folder.resolve("model"), new SyntheticArtifact(GOOD).bytes()), "model");
    artifact.requireRunnable("linux-x86_64", Set.of("fma", "avx2", "sse4_2"));
    assertThatThrownBy(() -> artifact.requireRunnable("linux-x86_64", Set.of("avx2")))
        .hasMessageStartingWith("LP5004 model: compiled for a processor with fma, which this one lacks; ");
    assertThatThrownBy(() -> artifact.requireRunnable("linux-aarch64", Set.of("avx2", "fma")))
        .hasMessageStartingWith("LP5004 model: compiled for linux-x86_64, but this is linux-aarch64; ");
  }

  @Test
  void processorsShareTheFeaturesThatAllOfThemHave() throws IOException {
    Path cpuinfo = folder.resolve("cpuinfo");
    Files.writeString(cpuinfo, "flags\t\t: fpu avx2 avx512f\nbugs\t: flags\nflags\t\t: avx2 fpu fpu\n");
    assertThat(Processor.features(cpuinfo)).containsExactly("avx2", "fpu");
    Files.writeString(cpuinfo, "processor\t: 0\nflags\t\t: fpu  avx2 fma avx2\nbugs\t\t: spectre\n");
    assertThat(Processor.features(cpuinfo)).containsExactly("avx2", "fma", "fpu");
    Files.writeString(cpuinfo, "");
    assertThat(Processor.features(cpuinfo)).isEmpty();
    assertThat(Processor.features(folder.resolve("absent"))).isEmpty();
  }
}

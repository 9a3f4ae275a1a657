package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.data.Npy;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.artifact.ArtifactWriter;
import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts that are damaged, lie about themselves or are for something else; and inputs that do not fit. */
class HostileArtifactsTest {
  private static final String TEXT =
      """
      graph @toy(%x: f32[1, 16, 14, 14]) -> (%y) {
        %w1 = constant f32[48, 16] random(seed = 1)
        %w2 = constant f32[48, 3, 3] random(seed = 2)
        %w3 = constant f32[16, 48] random(seed = 3)
        %a = pointwise %x, %w1
        %b = relu %a
        %c = depthwise %b, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %d = pointwise %c, %w3
        %y = softmax %d {axis = 1}
      }
      """;

  @TempDir private static Path made = Path.of("");
  @TempDir private Path folder = Path.of("");

  private static byte[] whole = new byte[0];
  private static Artifact artifact;

  /** For maps of two sizes. */
  private static byte[] ofTwo = new byte[0];

  @BeforeAll
  static void compile() throws IOException {
    Path file = made.resolve("toy.lowpass");
    new Compiler()
        .compile(IrText.parse(TEXT, "toy.ir"), CompileOptions.defaults(), Progress.silent())
        .writeTo(file);
    whole = Files.readAllBytes(file);
    artifact = ArtifactReader.read(file, "toy");
    Graph graph = IrText.parse(TEXT, "toy.ir");
    Graph larger = IrText.parse(TEXT.replace("14, 14]", "14, 21]"), "larger.ir");
    Path two = made.resolve("two.lowpass");
    new Compiler().compile(List.of(graph, larger), CompileOptions.defaults(), Progress.silent()).writeTo(two);
    ofTwo = Files.readAllBytes(two);
  }

  /** By the runtime and by every command that takes an artifact. */
  private void assertRefused(byte[] bytes, String code) throws IOException {
    Path file = Files.write(folder.resolve("bad.lowpass"), bytes);
    assertThatThrownBy(() -> Model.load(file).close())
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith(code);
    Attempt.in(folder, "bench", file.toString(), "--runs", "1").assertRefused(code);
  }

  private void assertDamaged(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad.lowpass"), bytes);
    assertThatThrownBy(() -> Model.load(file).close())
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageMatching("LP500[23] [^\\n]+");
  }

  @Test
  void filesThatAreNoArtifacts() throws IOException {
    assertRefused(new byte[0], "LP5002");
    String archive = "PK\3\4 something else entirely, and long enough to have a header of 64 bytes.";
    assertRefused(archive.getBytes(StandardCharsets.US_ASCII), "LP5002");
    assertRefused(new byte[1 << 16], "LP5002");
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    assertRefused(text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1), "LP5002");
  }

  @Test
  void truncatedArtifacts() throws IOException {
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "LP5002");
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "LP5002");
    for (int length = 0; length < whole.length; length += 1 + length / 20) {
      assertDamaged(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void tenFlippedBytes() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 10; round++) {
      byte[] flipped = whole.clone();
      for (int i = 0; i < 10; i++) {
        flipped[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Path file = Files.write(folder.resolve("bad.lowpass"), flipped);
      Attempt.in(folder, "bench", file.toString(), "--runs", "1").assertRefused("LP500");
      Attempt.in(folder, "inspect", file.toString()).assertRefused("LP");
    }
  }

  /**
   * Header, manifest, table, the gaps between sections, code and parameters: every byte counts. The early ones are all
   * tried.
   */
  @Test
  void oneFlippedBitAnywhere() throws IOException {
    Random random = new Random(3);
    for (int position = 0; position < whole.length; position += 1 + position / 64) {
      assertDamaged(flipped(position, random.nextInt(8)));
    }
  }

  private static byte[] flipped(int position, int bit) {
    byte[] flipped = whole.clone();
    flipped[position] ^= (byte) (1 << bit);
    return flipped;
  }

  @Test
  void anotherFormatVersion() throws IOException {
    byte[] other = whole.clone();
    other[8] += 10;
    assertRefused(other, "LP5003");
  }

  /** The artifact with another manifest and right hashes. */
  private Path rewritten(UnaryOperator<Manifest> change, byte[] code) {
    Path file = folder.resolve("other.lowpass");
    byte[] parameters = new byte[artifact.parameters().remaining()];
    artifact.parameters().duplicate().get(parameters);
    ArtifactWriter.write(file, change.apply(artifact.manifest()), Sections.of(code, parameters));
    return file;
  }

  private void assertRefused(UnaryOperator<Manifest> change, String code) throws IOException {
    Path file = rewritten(change, artifact.code().getFirst());
    Attempt.in(folder, "bench", file.toString(), "--runs", "1").assertRefused(code);
  }

  @Test
  void artifactsForOtherMachines() throws IOException {
    assertRefused(m -> madeFor(m, "linux-arm64", m.target().device(), m.target().features()), "LP5004");
    assertRefused(m -> madeFor(m, m.target().platform(), m.target().device(), plus(m.target().features(), "avx1024")), "LP5004");
    assertRefused(m -> madeFor(m, m.target().platform(), DeviceKind.CUDA, m.target().features()), "LP5002");
  }

  /** Native code checks the lengths of what it is handed: a lie is an error, not a wild write. */
  @Test
  void manifestsThatLieAboutMemory() throws IOException {
    TensorSpec small = new TensorSpec("x", ElementType.F32, List.of(1L, 16L, 14L, 13L));
    TensorSpec integers = new TensorSpec("x", ElementType.I32, List.of(1L, 16L, 14L, 14L));
    TensorSpec another = new TensorSpec("z", ElementType.F32, List.of(1L));
    assertRefused(m -> working(m, List.of(small), m.first().memory().scratchBytes()), "LP5022");
    assertRefused(m -> working(m, List.of(integers), m.first().memory().scratchBytes()), "LP5022");
    assertRefused(m -> working(m, plus(m.first().inputs(), another), m.first().memory().scratchBytes()), "LP5022");
    assertRefused(m -> working(m, List.of(), m.first().memory().scratchBytes()), "LP5022");
    assertRefused(m -> working(m, m.first().inputs(), 64), "LP5022");
  }

  @Test
  void severalSizesThatAreDamaged() throws IOException {
    Random random = new Random(4);
    for (int position = 0; position < ofTwo.length; position += 1 + position / 32) {
      byte[] flipped = ofTwo.clone();
      flipped[position] ^= (byte) (1 << random.nextInt(8));
      assertDamaged(flipped);
    }
    for (int length = 0; length < ofTwo.length; length += 1 + length / 10) {
      assertDamaged(Arrays.copyOf(ofTwo, length));
    }
  }

  /** Native code checks what it is handed: the code of one size is not run on the memory of another. */
  @Test
  void severalSizesThatLieAboutEachOther() throws IOException {
    Artifact two = ArtifactReader.read(Files.write(folder.resolve("two.lowpass"), ofTwo), "two");
    Manifest manifest = two.manifest();
    Manifest.Size first = manifest.first();
    Manifest.Size second = manifest.sizes().get(1);
    assertSizesRefused(two, List.of(first, second), two.code().reversed(), "LP5022");
    assertSizesRefused(two, List.of(taking(first, second.inputs()), taking(second, first.inputs())), two.code(), "LP5022");
    Manifest.Memory all = second.memory();
    Manifest.Memory less = new Manifest.Memory(64, all.scratchBytes(), all.workerBytes());
    Manifest.Size starved = new Manifest.Size(first.inputs(), first.outputs(), less, first.steps(), first.launches(), first.report());
    assertSizesRefused(two, List.of(starved, second), two.code(), "LP5022");
    Manifest.Memory small = new Manifest.Memory(all.parameterBytes(), 64, 0);
    Manifest.Size cramped = new Manifest.Size(second.inputs(), second.outputs(), small, second.steps(), second.launches(), second.report());
    assertSizesRefused(two, List.of(first, cramped), two.code(), "LP5022");
    byte[] none = "no shared library".getBytes(StandardCharsets.US_ASCII);
    assertSizesRefused(two, List.of(first, second), List.of(two.code().getFirst(), none), "LP5022");
  }

  private static Manifest.Size taking(Manifest.Size size, List<TensorSpec> inputs) {
    return new Manifest.Size(inputs, size.outputs(), size.memory(), size.steps(), size.launches(), size.report());
  }

  /** At whichever size it is found out. */
  private void assertSizesRefused(Artifact two, List<Manifest.Size> sizes, List<byte[]> code, String error)
      throws IOException {
    byte[] parameters = new byte[two.parameters().remaining()];
    two.parameters().duplicate().get(parameters);
    Sections sections = Sections.together(code.stream().map(each -> Sections.of(each, parameters)).toList());
    Manifest manifest =
        new Manifest(two.manifest().model(), two.manifest().target(), sizes, two.manifest().build());
    Path file = folder.resolve("lie.lowpass");
    ArtifactWriter.write(file, manifest, sections);
    Attempt.in(folder, "bench", file.toString(), "--runs", "1").assertRefused(error);
  }

  @Test
  void codeThatIsNone() throws IOException {
    Path file = rewritten(UnaryOperator.identity(), "no shared library".getBytes(StandardCharsets.US_ASCII));
    Attempt.in(folder, "bench", file.toString(), "--runs", "1").assertRefused("LP5022");
    Path empty = rewritten(UnaryOperator.identity(), new byte[0]);
    Attempt.in(folder, "bench", empty.toString(), "--runs", "1").assertRefused("LP50");
  }

  private static Manifest madeFor(Manifest m, String platform, DeviceKind device, List<String> features) {
    Manifest.Target target = new Manifest.Target(m.target().name(), platform, device, features);
    return new Manifest(m.model(), target, m.sizes(), m.build());
  }

  private static Manifest working(Manifest m, List<TensorSpec> inputs, long scratchBytes) {
    Manifest.Size size = m.first();
    Manifest.Memory memory =
        new Manifest.Memory(size.memory().parameterBytes(), scratchBytes, size.memory().workerBytes());
    Manifest.Size changed = new Manifest.Size(inputs, size.outputs(), memory, size.steps(), size.launches(), size.report());
    return new Manifest(m.model(), m.target(), List.of(changed), m.build());
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }

  @Test
  void inputsThatDoNotFit() throws IOException {
    Path file = Files.write(folder.resolve("toy.lowpass"), whole);
    Tensor right = Tensor.allocate(ElementType.F32, 1, 16, 14, 14);
    try (Model model = Model.load(file); Session session = model.newSession()) {
      refuse(session, Map.of());
      refuse(session, Map.of("z", right));
      refuse(session, Map.of("x", right, "z", right));
      refuse(session, Map.of("x", Tensor.allocate(ElementType.F32, 1, 16, 14, 15)));
      refuse(session, Map.of("x", Tensor.allocate(ElementType.F32, 16, 14, 14)));
      refuse(session, Map.of("x", Tensor.allocate(ElementType.I32, 1, 16, 14, 14)));
      assertThat(session.run(Map.of("x", right))).as("after all that").containsOnlyKeys("y");
    }
  }

  private static void refuse(Session session, Map<String, Tensor> inputs) {
    assertThatThrownBy(() -> session.run(inputs))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageMatching("LP5020 [^\\n]+");
  }

  @Test
  void inputFilesThatDoNotFit() throws IOException {
    String file = Files.write(folder.resolve("toy.lowpass"), whole).toString();
    Path wrong = folder.resolve("wrong.npy");
    Npy.write(wrong, Tensor.allocate(ElementType.F32, 1, 16, 14, 13));
    Path right = folder.resolve("right.npy");
    Npy.write(right, Tensor.allocate(ElementType.F32, 1, 16, 14, 14));
    Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(Files.readAllBytes(right), 300));
    Path noise = Files.write(folder.resolve("noise.pb"), new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1});
    Path picture = Files.write(folder.resolve("noise.jpg"), new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1});
    Path other = Files.write(folder.resolve("noise.txt"), new byte[] {9, 8, 7});
    for (Path input : List.of(wrong, cut, noise, picture, other, folder.resolve("missing.npy"), folder)) {
      Attempt.in(folder, "run", file, "--input", "x=" + input).assertRefused("LP");
    }
    Attempt.in(folder, "run", file, "--input", "z=" + right).assertMisused("LP7024");
    String missing = folder.resolve("missing.lowpass").toString();
    Attempt.in(folder, "run", missing, "--input", "x=" + right).assertRefused("LP5001");
    assertThat(Attempt.in(folder, "run", file, "--input", "x=" + right).code()).isZero();
  }
}

package dev.lowpass.testsuite.hostile;

import static dev.lowpass.runtime.Trust.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.data.Npy;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.CompiledSizes;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.Trust;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.ArtifactSignature;
import dev.lowpass.runtime.artifact.FileLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts with a signature: of the right key, of another one, of none, and changed after they were signed. */
class SignedArtifactsTest {
  @TempDir private static Path made = Path.of("");
  @TempDir private Path folder = Path.of("");

  private static final KeyPair OURS = keys();
  private static final KeyPair OTHERS = keys();

  private static Path model = Path.of("");
  private static Path unsigned = Path.of("");
  private static Path signed = Path.of("");

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java since 15 has it", e);
    }
  }

  @BeforeAll
  static void compile() {
    Graph graph = IrText.parse("graph @g(%x: f32[1, 3, 8, 8]) -> (%y) { %y = relu %x }", "g.ir");
    model = made.resolve("model.onnx");
    OnnxWriter.write(graph, new LinkedHashMap<>(), model);
    Compilation compilation = new Compiler().compile(graph, CompileOptions.defaults(), Progress.silent());
    unsigned = made.resolve("unsigned.lowpass");
    compilation.writeTo(unsigned);
    signed = made.resolve("signed.lowpass");
    compilation.writeTo(signed, Optional.of(OURS));
  }

  /** As openssl writes it. */
  private Path pem(String name, String kind, Key key) throws IOException {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key.getEncoded());
    String text = "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, base64);
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Path artifact, Trust trust, String message) {
    assertThatThrownBy(() -> Model.load(artifact, trust).close())
        .isInstanceOfSatisfying(LowpassRuntimeException.class, e -> assertThat(e.code()).isEqualTo(5005))
        .hasMessageStartingWith("LP5005 " + artifact + ": ")
        .hasMessageContaining(message);
  }

  private static void assertRuns(Model loaded) {
    try (Model opened = loaded;
        Session session = opened.newSession()) {
      assertThat(session.run(Map.of("x", Tensor.of(new float[192], 1, 3, 8, 8)))).containsOnlyKeys("y");
    }
  }

  @Test
  void theRightKey() throws IOException {
    assertRuns(Model.load(signed, trusting(OURS.getPublic())));
    assertRuns(Model.load(signed, trusting(OTHERS.getPublic(), OURS.getPublic())));
    assertRuns(Model.load(new ByteArrayInputStream(Files.readAllBytes(signed)), trusting(OURS.getPublic())));
    assertRuns(Model.load(signed));
    assertRuns(Model.load(unsigned, Trust.anybody()));
  }

  /** What a size adds is signed like everything else. */
  @Test
  void theCodeOfEverySize() throws IOException {
    Graph small = IrText.parse("graph @g(%x: f32[1, 3, 8, 8]) -> (%y) { %y = relu %x }", "g.ir");
    Graph large = IrText.parse("graph @g(%x: f32[1, 3, 8, 9]) -> (%y) { %y = relu %x }", "g.ir");
    CompiledSizes sizes = new Compiler().compile(List.of(small, large), CompileOptions.defaults(), Progress.silent());
    Path two = folder.resolve("two.lowpass");
    sizes.writeTo(two, Optional.of(OURS));
    assertRuns(Model.load(two, trusting(OURS.getPublic())));
    assertRefused(two, trusting(OTHERS.getPublic()), "which is none of the 1");
    for (int size = 0; size < 2; size++) {
      Path changed = Files.write(folder.resolve("changed.lowpass"), withOtherCode(two, FileLayout.code(size)));
      assertRefused(changed, trusting(OURS.getPublic()), "was changed after it was signed");
    }
  }

  @Test
  void anotherKeyOrNone() {
    assertRefused(signed, trusting(OTHERS.getPublic()), "is signed by the key " + fingerprint() + ", which is none of the 1");
    assertRefused(signed, trusting(), "which is none of the 0 that are trusted");
    assertRefused(unsigned, trusting(OURS.getPublic()), "is not signed");
  }

  private static String fingerprint() {
    return ArtifactSignature.fingerprint(OURS.getPublic());
  }

  /** Every byte counts: hashes find what is damaged, and the signature finds hashes that were made to fit. */
  @Test
  void whatWasChangedAfterwards() throws IOException {
    byte[] whole = Files.readAllBytes(signed);
    for (int position = 0; position < whole.length; position += 1 + position / 64) {
      byte[] changed = whole.clone();
      changed[position] ^= 4;
      Path file = Files.write(folder.resolve("changed.lowpass"), changed);
      assertThatThrownBy(() -> Model.load(file, trusting(OURS.getPublic())).close())
          .isInstanceOf(LowpassRuntimeException.class)
          .hasMessageMatching("LP500[235] [^\\n]+");
      assertThatThrownBy(() -> Model.load(file).close()).isInstanceOf(LowpassRuntimeException.class);
    }
  }

  /** A name in the manifest, with hashes that fit. */
  @Test
  void anotherManifestUnderTheSameSignature() throws IOException {
    byte[] changed = Files.readAllBytes(signed);
    String text = new String(changed, StandardCharsets.ISO_8859_1);
    changed[text.indexOf("\"name\"") + 8] ^= 1;
    rehash(changed);
    Path file = Files.write(folder.resolve("changed.lowpass"), changed);
    assertRefused(file, trusting(OURS.getPublic()), "was changed after it was signed");
    assertRefused(file, Trust.anybody(), "was changed after it was signed");
  }

  /** Other code, with hashes that fit everywhere. */
  @Test
  void otherCodeUnderTheSameSignature() throws IOException {
    Path written = Files.write(folder.resolve("changed.lowpass"), withOtherCode(signed, FileLayout.CODE));
    assertRefused(written, trusting(OURS.getPublic()), "was changed after it was signed");
  }

  /** The artifact with another byte in the middle of a section. */
  private static byte[] withOtherCode(Path artifact, String section) throws IOException {
    byte[] changed = Files.readAllBytes(artifact);
    ByteBuffer file = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    int entry = FileLayout.HEADER_BYTES + file.getInt(12);
    byte[] name = Arrays.copyOf(section.getBytes(StandardCharsets.US_ASCII), FileLayout.NAME_BYTES);
    while (!Arrays.equals(name, Arrays.copyOfRange(changed, entry, entry + FileLayout.NAME_BYTES))) {
      entry += FileLayout.ENTRY_BYTES;
    }
    int offset = (int) file.getLong(entry + FileLayout.NAME_BYTES);
    int bytes = (int) file.getLong(entry + FileLayout.NAME_BYTES + 8);
    changed[offset + bytes / 2] ^= 1;
    MessageDigest digest = FileLayout.sha256();
    digest.update(changed, offset, bytes);
    file.put(entry + FileLayout.NAME_BYTES + 16, digest.digest());
    rehash(changed);
    return changed;
  }

  private static void rehash(byte[] file) {
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int covered = header.getInt(12) + header.getInt(16) * FileLayout.ENTRY_BYTES;
    MessageDigest digest = FileLayout.sha256();
    digest.update(file, 0, FileLayout.HASH_OFFSET);
    digest.update(file, FileLayout.HEADER_BYTES, covered);
    header.put(FileLayout.HASH_OFFSET, digest.digest());
  }

  @Test
  void theCommandSignsAndTrusts() throws IOException {
    String artifact = folder.resolve("out.lowpass").toString();
    String key = pem("key.pem", "PRIVATE", OURS.getPrivate()).toString();
    String ours = pem("ours.pub", "PUBLIC", OURS.getPublic()).toString();
    String others = pem("others.pub", "PUBLIC", OTHERS.getPublic()).toString();
    assertThat(Attempt.in(folder, "compile", model.toString(), "-o", artifact, "--sign", key).code()).isZero();
    assertThat(ArtifactReader.read(Path.of(artifact), "out").signature())
        .hasValueSatisfying(signature -> assertThat(signature.key()).isEqualTo(OURS.getPublic()));
    Path input = folder.resolve("x.npy");
    Npy.write(input, Tensor.of(new float[192], 1, 3, 8, 8));
    String[] run = {"run", artifact, "--input", input.toString(), "--trust", others, "--trust", ours};
    assertThat(Attempt.in(folder, run).code()).isZero();
    Attempt.in(folder, "run", artifact, "--input", input.toString(), "--trust", others).assertRefused("LP5005 ");
    Attempt.in(folder, "bench", artifact, "--runs", "1", "--trust", others).assertRefused("LP5005 ");
    Attempt.in(folder, "run", unsigned.toString(), "--input", input.toString(), "--trust", ours).assertRefused("LP5005 ");
    assertThat(Attempt.in(folder, "inspect", artifact).out()).contains("by the Ed25519 key with SHA-256 " + fingerprint());
    assertThat(Attempt.in(folder, "inspect", unsigned.toString()).out()).contains("by nobody");
  }

  @Test
  void keysThatAreNone() throws IOException {
    String artifact = folder.resolve("out.lowpass").toString();
    Path text = Files.writeString(folder.resolve("text"), "no key");
    Path empty = pem("empty.pem", "PRIVATE", OURS.getPublic());
    Path swapped = pem("swapped.pub", "PUBLIC", OURS.getPrivate());
    for (Path key : new Path[] {text, empty, folder, folder.resolve("missing"), Path.of("/dev/zero")}) {
      Attempt.in(folder, "compile", model.toString(), "-o", artifact, "--sign", key.toString()).assertRefused("LP4027 ");
    }
    for (Path key : new Path[] {text, swapped, folder, folder.resolve("missing"), Path.of("/dev/zero")}) {
      Attempt.in(folder, "bench", signed.toString(), "--trust", key.toString()).assertRefused("LP5006 ");
    }
  }
}

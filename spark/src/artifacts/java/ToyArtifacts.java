import dev.lowpass.cli.Main;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;

/**
 * Compiles and signs what this module's tests score with: they run on an older Java than the compiler. Started by the
 * build, from source: {@code ToyArtifacts.java FOLDER NAME BATCH}.
 */
class ToyArtifacts {
  private static final String TEXT =
      """
      graph @toy(%%image: f32[%1$d, 3, 16, 16]) -> (scores = %%scores, mean = %%mean) {
        %%w1 = constant f32[32, 3] random(seed = %1$d1)
        %%w2 = constant f32[32, 3, 3] random(seed = %1$d2)
        %%w3 = constant f32[5, 32] random(seed = %1$d3)
        %%expanded = pointwise %%image, %%w1 : f32[%1$d, 32, 16, 16] loc("expand")
        %%active = relu %%expanded
        %%deep = depthwise %%active, %%w2 {kernel = [3, 3], pads = [1, 1, 1, 1]} loc("depthwise")
        %%bounded = clip %%deep {min = 0.0, max = 6.0}
        %%projected = pointwise %%bounded, %%w3 : f32[%1$d, 5, 16, 16] loc("project")
        %%mean = global_average_pool %%projected
        %%scores = reshape %%mean {shape = [%1$d, 5]}
      }
      """;

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Path model = folder.resolve(arguments[1] + ".onnx");
    String text = TEXT.formatted(Integer.parseInt(arguments[2]));
    OnnxWriter.write(IrText.parse(text, "toy.ir"), new LinkedHashMap<>(), model);
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path key = write(folder.resolve(arguments[1] + ".pem"), "PRIVATE", keys.getPrivate());
    write(folder.resolve(arguments[1] + ".pub"), "PUBLIC", keys.getPublic());
    String artifact = folder.resolve(arguments[1] + ".lowpass").toString();
    Main.main(new String[] {"compile", model.toString(), "--sign", key.toString(), "-o", artifact});
  }

  private static Path write(Path file, String kind, Key key) throws IOException {
    String encoded = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(file, "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, encoded));
  }
}

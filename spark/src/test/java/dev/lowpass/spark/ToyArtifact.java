package dev.lowpass.spark;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Trust;
import dev.lowpass.runtime.picture.PictureReader;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the build compiled for tests: five scores for a picture of 16x16. */
enum ToyArtifact {
  /** Takes four pictures at once. */
  QUAD(4),

  /** Takes one; its weights are others. */
  SINGLE(1);

  /** Elements of a picture. */
  static final int ELEMENTS = 3 * 16 * 16;

  private static final int SCORES = 5;

  private final int batch;

  ToyArtifact(int batch) {
    this.batch = batch;
  }

  Path file() {
    return file("lowpass");
  }

  /** Of who signed it. */
  PublicKey key() {
    return Trust.key(file("pub"));
  }

  private Path file(String suffix) {
    return Path.of(System.getProperty("artifacts"), name().toLowerCase(Locale.ROOT) + "." + suffix);
  }

  String path() {
    return file().toString();
  }

  /** What the runtime makes of {@code inputs}, in batches as they come. */
  List<List<Float>> scores(List<float[]> inputs) {
    List<List<Float>> scores = new ArrayList<>();
    try (Model model = Model.load(file());
        Session session = model.newSession(SessionOptions.threads(1))) {
      for (int from = 0; from < inputs.size(); from += batch) {
        List<float[]> some = inputs.subList(from, Math.min(from + batch, inputs.size()));
        FloatBuffer images = session.input("image").floatBuffer();
        some.forEach(images::put);
        session.run();
        float[] results = session.output("scores").floats();
        for (int i = 0; i < some.size(); i++) {
          scores.add(list(Arrays.copyOfRange(results, SCORES * i, SCORES * (i + 1))));
        }
      }
    }
    return scores;
  }

  /** What it gets for a picture. */
  static float[] input(byte[] encoded, PictureOptions options) {
    return options.preprocessing().input(PictureReader.read("picture", encoded), 16, 16);
  }

  /** What it gets for many. */
  static List<float[]> inputs(List<byte[]> encoded, PictureOptions options) {
    return encoded.stream().map(picture -> input(picture, options)).toList();
  }

  static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}

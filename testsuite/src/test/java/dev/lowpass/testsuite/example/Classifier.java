package dev.lowpass.testsuite.example;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Shape;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A compiled classifier, samples of noise, and what the runtime itself says of them.
 *
 * @param samples [3, 48, 192] each
 * @param scores of each sample, from its smallest batch on one thread
 */
public record Classifier(Path artifact, List<float[]> samples, List<float[]> scores) {
  /** Compiled into {@code folder} for {@code batches}, 1 the first of them. */
  public static Classifier compiled(Path folder, long seed, int count, int... batches) throws IOException {
    Path onnx = Files.write(folder.resolve("direction.onnx"), TestModel.TEXT_DIRECTION.bytes().orElseThrow());
    List<CompileOptions> sizes =
        Arrays.stream(batches)
            .mapToObj(batch -> CompileOptions.defaults().dense().withShapes(Map.of("x", Shape.of(batch, 3, 48, 192))))
            .toList();
    Path artifact = folder.resolve("direction.lowpass");
    new Compiler().compile(onnx, sizes, Progress.silent()).writeTo(artifact);
    List<float[]> samples = samples(seed, count);
    List<float[]> scores = new ArrayList<>();
    try (Model model = Model.load(artifact); Session session = model.newSession(SessionOptions.threads(1))) {
      for (float[] sample : samples) {
        Tensor output = session.run(Map.of("x", Tensor.of(sample, 1, 3, 48, 192))).values().iterator().next();
        scores.add(output.floats());
      }
    }
    return new Classifier(artifact, samples, scores);
  }

  private static List<float[]> samples(long seed, int count) {
    Random random = new Random(seed);
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[3 * 48 * 192];
      for (int v = 0; v < values.length; v++) {
        values[v] = random.nextFloat(-1, 1);
      }
      samples.add(values);
    }
    return samples;
  }
}

package dev.lowpass.testsuite.example.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Shape;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.testsuite.model.TestModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster in this JVM, twice: the second one's tasks open the model again. */
class ScoresTest {
  private static final int SAMPLES = 60;
  private static final int JOBS = 2;

  @Test
  void everySampleHasTheModelsScores(@TempDir Path folder) throws Exception {
    Path onnx = Files.write(folder.resolve("direction.onnx"), TestModel.TEXT_DIRECTION.bytes().orElseThrow());
    CompileOptions options = CompileOptions.defaults().dense().withShapes(Map.of("x", Shape.of(1, 3, 48, 192)));
    Path artifact = folder.resolve("direction.lowpass");
    new Compiler().compile(onnx, options, Progress.silent()).writeTo(artifact);
    List<float[]> samples = samples();
    List<String> expected = new ArrayList<>();
    try (Model model = Model.load(artifact); Session session = model.newSession(SessionOptions.threads(1))) {
      for (float[] sample : samples) {
        Tensor output = session.run(Map.of("x", Tensor.of(sample, 1, 3, 48, 192))).values().iterator().next();
        expected.add(Arrays.toString(output.floats()));
      }
    }
    for (int job = 0; job < JOBS; job++) {
      assertThat(run(artifact, samples)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> run(Path artifact, List<float[]> samples) throws Exception {
    StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(2);
    job.registerCachedFile(artifact.toUri().toString(), Scores.ARTIFACT);
    List<String> scores = new ArrayList<>();
    try (CloseableIterator<float[]> results =
        job.fromData(float[].class, samples.toArray(new float[0][])).rebalance().map(new Scores()).executeAndCollect()) {
      results.forEachRemaining(each -> scores.add(Arrays.toString(each)));
    }
    return scores;
  }

  private static List<float[]> samples() {
    Random random = new Random(9);
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      float[] values = new float[3 * 48 * 192];
      for (int v = 0; v < values.length; v++) {
        values[v] = random.nextFloat(-1, 1);
      }
      samples.add(values);
    }
    return samples;
  }
}

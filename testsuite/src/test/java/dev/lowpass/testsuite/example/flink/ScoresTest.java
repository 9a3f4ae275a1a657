package dev.lowpass.testsuite.example.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.testsuite.example.Classifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;
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
    Classifier classifier = Classifier.compiled(folder, 9, SAMPLES, 1);
    List<String> expected = classifier.scores().stream().map(Arrays::toString).toList();
    for (int job = 0; job < JOBS; job++) {
      assertThat(run(classifier.artifact(), classifier.samples(), folder)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> run(Path artifact, List<float[]> samples, Path folder) throws Exception {
    Configuration places = new Configuration();
    places.set(CoreOptions.TMP_DIRS, folder.toString());
    places.set(WebOptions.TMP_DIR, folder.toString());
    StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(2, places);
    job.registerCachedFile(artifact.toUri().toString(), Scores.ARTIFACT);
    List<String> scores = new ArrayList<>();
    try (CloseableIterator<float[]> results =
        job.fromData(float[].class, samples.toArray(new float[0][])).rebalance().map(new Scores()).executeAndCollect()) {
      results.forEachRemaining(each -> scores.add(Arrays.toString(each)));
    }
    return scores;
  }
}

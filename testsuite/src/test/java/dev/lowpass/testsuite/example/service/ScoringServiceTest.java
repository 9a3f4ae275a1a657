package dev.lowpass.testsuite.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.testsuite.example.Classifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service under load, and under more than it can bear. */
class ScoringServiceTest {
  private static final int SAMPLES = 16;
  private static final int REQUESTS = 600;
  private static final int AT_ONCE = 16;
  private static final int BATCH = 8;

  /** Another batch may add up in another order. */
  private static final float TOLERANCE = 1e-5f;

  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private static Path folder = Path.of("");

  private static Model model;
  private static Classifier classifier;

  private record Answer(int sample, int status, byte[] body) {}

  @BeforeAll
  static void compile() throws Exception {
    classifier = Classifier.compiled(folder, 5, SAMPLES, 1, BATCH);
    model = Model.load(classifier.artifact());
  }

  @AfterAll
  static void release() {
    model.close();
  }

  @Test
  void everyAnswerIsTheModels() throws Exception {
    try (ScoringService service = new ScoringService(model, 0, REQUESTS, 2)) {
      List<Answer> answers = send(service.port(), REQUESTS, AT_ONCE);
      assertThat(answers).hasSize(REQUESTS).allSatisfy(answer -> assertRight(answer));
      String health = get(service.port(), "/health").body();
      assertThat(health).contains("\"answered\":" + REQUESTS, "\"refused\":0", "\"failed\":0", "\"waiting\":0");
      System.out.printf("service, %d at once: %s%n", AT_ONCE, health);
    }
  }

  /** Refused is only who found no place; whoever was taken has the right answer. */
  @Test
  void overloadIsRefusedAndNothingIsLost() throws Exception {
    try (ScoringService service = new ScoringService(model, 0, 2, 1)) {
      List<Answer> answers = send(service.port(), REQUESTS, 64);
      List<Answer> taken = answers.stream().filter(answer -> answer.status() == 200).toList();
      assertThat(answers).hasSize(REQUESTS).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
      assertThat(taken).isNotEmpty().allSatisfy(answer -> assertRight(answer));
      int refused = REQUESTS - taken.size();
      assertThat(refused).isPositive();
      assertThat(get(service.port(), "/health").body())
          .contains("\"answered\":" + taken.size(), "\"refused\":" + refused, "\"failed\":0");
    }
  }

  @Test
  void whoeverWaitsIsAnsweredBeforeItCloses() throws Exception {
    List<CompletableFuture<float[]>> answers = new ArrayList<>();
    MicroBatcher batcher = new MicroBatcher(model, SAMPLES, SessionOptions.threads(1));
    classifier.samples().forEach(sample -> answers.add(batcher.submit(sample)));
    batcher.close();
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(answers.get(i)).isDone();
      assertThat(answers.get(i).get()).containsExactly(classifier.scores().get(i), within(TOLERANCE));
    }
    assertThatThrownBy(() -> batcher.submit(classifier.samples().getFirst())).isInstanceOf(RejectedExecutionException.class).hasMessage("closed");
  }

  @Test
  void whatIsNoSampleIsRefused() throws Exception {
    try (ScoringService service = new ScoringService(model, 0, 8, 1)) {
      assertThat(post(service.port(), new byte[12]).statusCode()).isEqualTo(400);
      assertThat(post(service.port(), new byte[4 * 3 * 48 * 192 + 4]).statusCode()).isEqualTo(400);
      assertThat(get(service.port(), "/elsewhere").statusCode()).isEqualTo(404);
    }
  }

  private static void assertRight(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    float[] scores = new float[answer.body().length / Float.BYTES];
    ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(scores);
    assertThat(scores).containsExactly(classifier.scores().get(answer.sample()), within(TOLERANCE));
  }

  /** {@code count} requests, of which no more than {@code atOnce} are under way. */
  private static List<Answer> send(int port, int count, int atOnce) throws Exception {
    Semaphore places = new Semaphore(atOnce);
    List<Future<Answer>> pending = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int sample = i % SAMPLES;
        places.acquire();
        pending.add(
            threads.submit(
                () -> {
                  try {
                    HttpResponse<byte[]> response = post(port, bytes(classifier.samples().get(sample)));
                    return new Answer(sample, response.statusCode(), response.body());
                  } finally {
                    places.release();
                  }
                }));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> each : pending) {
        answers.add(each.get());
      }
      return answers;
    }
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static HttpResponse<byte[]> post(int port, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/score"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

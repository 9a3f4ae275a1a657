package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncRunsTest {
  private static Map<String, Tensor> input(int first) {
    Tensor x = Tensor.of(RectifyModel.ramp(), RectifyModel.SHAPE);
    x.floatBuffer().put(0, first);
    return Map.of("x", x);
  }

  private static float first(CompletableFuture<Map<String, Tensor>> result) {
    return result.join().get("y").floats()[0];
  }

  private static void assertClosed(CompletableFuture<?> result) {
    assertThatThrownBy(result::join)
        .cause()
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessage("LP5021 rectify.lowpass: the session is closed");
  }

  @Test
  void manyGetTheirOwnResultsWhoeverMakesThem() {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try (Model model = RectifyModel.load(); Session session = model.newSession(SessionOptions.threads(1))) {
      List<CompletableFuture<Map<String, Tensor>>> results = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Executor own = i % 10 == 3 ? Runnable::run : executor;
        results.add(session.runAsync(input(i), own));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(first(results.get(i))).isEqualTo(i);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void mistakesAreResultsToo() {
    try (Model model = RectifyModel.load(); Session session = model.newSession(SessionOptions.threads(1))) {
      assertThatThrownBy(() -> session.runAsync(Map.of(), Runnable::run).join())
          .cause().hasMessageStartingWith("LP5020 ").hasMessageContaining("'x' is missing");
      Executor refusing = task -> {
        throw new RejectedExecutionException("full");
      };
      assertThatThrownBy(() -> session.runAsync(input(1), refusing).join()).cause().hasMessage("full");
      assertThat(first(session.runAsync(input(2), Runnable::run))).isEqualTo(2);
    }
  }

  /** One is at work, one with its executor, one behind it, one cancelled; then the session is closed. */
  @Test
  void closingWaitsForOneAndCancelsTheOthers() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RunListener slow = nanoseconds -> {
      atWork.countDown();
      try {
        go.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (Model model = RectifyModel.load()) {
      Session session = model.newSession(SessionOptions.threads(1).withMetrics(slow));
      CompletableFuture<Map<String, Tensor>> working = session.runAsync(input(1), executor);
      CompletableFuture<Map<String, Tensor>> waiting = session.runAsync(input(2), executor);
      CompletableFuture<Map<String, Tensor>> cancelled = session.runAsync(input(3), executor);
      assertThat(cancelled.cancel(true)).isTrue();
      assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> closing = CompletableFuture.runAsync(session::close, executor);
      assertClosed(waiting);
      assertThat(working).isNotDone();
      assertThat(closing).isNotDone();
      go.countDown();
      closing.join();
      assertThat(first(working)).isEqualTo(1);
      assertThat(cancelled).isCancelled();
      assertClosed(session.runAsync(input(4), executor));
      session.close();
    } finally {
      executor.shutdownNow();
    }
  }

  /** An executor that was shut down has forgotten what it had. */
  @Test
  void whatTheExecutorForgotIsNotWaitedForForEver() {
    try (Model model = RectifyModel.load()) {
      Session session = model.newSession(SessionOptions.threads(1));
      CompletableFuture<Map<String, Tensor>> forgotten = session.runAsync(input(1), task -> {});
      CompletableFuture<Map<String, Tensor>> behind = session.runAsync(input(2), Runnable::run);
      session.close();
      assertClosed(forgotten);
      assertClosed(behind);
    }
  }
}

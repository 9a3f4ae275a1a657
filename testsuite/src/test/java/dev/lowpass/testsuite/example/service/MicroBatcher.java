package dev.lowpass.testsuite.example.service;

import dev.lowpass.runtime.Binding;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs samples that come one by one in batches, as many at once as are waiting. The model has one input and one output,
 * and was compiled for several batches ({@code --shape x=1x3x224x224 --shape x=8x3x224x224}): the smallest that takes
 * all who wait is run, and what is left of it computes zeros.
 *
 * <p>No more wait than the queue has places; who finds it full is refused at once. Thread-safe.
 */
final class MicroBatcher implements AutoCloseable {
  private record Waiting(float[] sample, CompletableFuture<float[]> answer) {}

  private static final long IDLE_MILLISECONDS = 50;

  private final BlockingQueue<Waiting> queue;
  private final Session session;
  private final List<ModelSize> sizes;
  private final int sampleLength;
  private final Thread worker;
  private volatile boolean closed;

  /** @param places how many may wait */
  MicroBatcher(Model model, int places, SessionOptions options) {
    this.queue = new ArrayBlockingQueue<>(places);
    this.sizes = model.sizes().stream().sorted(Comparator.comparing(MicroBatcher::batch)).toList();
    ModelSize one = sizes.getFirst();
    this.sampleLength = Math.toIntExact(one.inputs().getFirst().elements() / batch(one));
    this.session = model.newSession(options);
    this.worker = Thread.ofPlatform().name("micro-batcher").daemon().start(this::work);
  }

  private static int batch(ModelSize size) {
    return Math.toIntExact(size.inputs().getFirst().shape().getFirst());
  }

  /** Values of a sample. */
  int sampleLength() {
    return sampleLength;
  }

  /** How many wait. */
  int waiting() {
    return queue.size();
  }

  /**
   * The output for {@code sample}, once it is there.
   *
   * @throws IllegalArgumentException for a sample of another length
   * @throws RejectedExecutionException where all places are taken, or after {@link #close}
   */
  CompletableFuture<float[]> submit(float[] sample) {
    if (sample.length != sampleLength) {
      throw new IllegalArgumentException("a sample has " + sampleLength + " values, not " + sample.length);
    }
    Waiting waiting = new Waiting(sample, new CompletableFuture<>());
    synchronized (queue) {
      if (closed || !queue.offer(waiting)) {
        throw new RejectedExecutionException(closed ? "closed" : "all places are taken");
      }
    }
    return waiting.answer;
  }

  private void work() {
    int most = batch(sizes.getLast());
    try {
      while (!closed || !queue.isEmpty()) {
        Waiting first = queue.poll(IDLE_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Waiting> together = new ArrayList<>(List.of(first));
          queue.drainTo(together, most - 1);
          run(together);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(List<Waiting> together) {
    try {
      ModelSize size = sizes.stream().filter(candidate -> batch(candidate) >= together.size()).findFirst().orElseThrow();
      Binding binding = session.at(size);
      float[] samples = new float[size.inputs().getFirst().elements()];
      for (int i = 0; i < together.size(); i++) {
        System.arraycopy(together.get(i).sample, 0, samples, i * sampleLength, sampleLength);
      }
      binding.input(size.inputs().getFirst().name()).floatBuffer().put(samples);
      binding.run();
      float[] answers = binding.output(size.outputs().getFirst().name()).floats();
      int length = answers.length / batch(size);
      for (int i = 0; i < together.size(); i++) {
        together.get(i).answer.complete(Arrays.copyOfRange(answers, i * length, (i + 1) * length));
      }
    } catch (RuntimeException e) {
      together.forEach(waiting -> waiting.answer.completeExceptionally(e));
    }
  }

  /** Takes nothing new, answers all who wait, and returns when they are answered. */
  @Override
  public void close() throws InterruptedException {
    synchronized (queue) {
      closed = true;
    }
    worker.join();
    session.close();
  }
}

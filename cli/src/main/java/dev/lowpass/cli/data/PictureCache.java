package dev.lowpass.cli.data;

import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A whole set at one size in memory: one byte a sample, so that 4000 pictures of 224x224 take 602 MB. Safe for use by
 * several threads.
 *
 * @param samples for each picture [3, height, width], red first, without a sign; not to be written to
 */
public record PictureCache(PictureSet set, int height, int width, Preprocessing preprocessing, List<byte[]> samples) {
  public PictureCache {
    samples = List.copyOf(samples);
    if (samples.size() != set.size()) {
      throw new IllegalArgumentException(samples.size() + " pictures for a set of " + set.size());
    }
  }

  /** What of the JVM's memory a cache may take unless somebody says otherwise: half. */
  public static long defaultLimit() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * Reads all pictures of {@code set}, as many at once as there are processors.
   *
   * @param limit most bytes that it may take
   * @throws LowpassException LP7015 if it would take more; else as {@link PictureFile#read} for the first picture of
   *     the set that is damaged
   */
  public static PictureCache read(
      PictureSet set, Preprocessing preprocessing, int height, int width, long limit, Progress progress)
      throws IOException {
    long bytes = 3L * height * width * set.size();
    if (bytes > limit) {
      throw new LowpassException(
          "LP7015",
          set.source().toString(),
          "%d pictures of %dx%d take %d MB, at most %d MB: give more with JAVA_TOOL_OPTIONS=-Xmx, or take fewer"
              .formatted(set.size(), height, width, bytes / 1_000_000, limit / 1_000_000));
    }
    List<byte[]> samples = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<byte[]>> pending = new ArrayList<>();
      for (PictureSet.Entry entry : set.entries()) {
        Callable<byte[]> task =
            () -> preprocessing.framed(PictureFile.read(entry.file()), height, width).planes();
        pending.add(workers.submit(task));
      }
      for (Future<byte[]> picture : pending) {
        progress.stage("read pictures", samples.size(), set.size());
        samples.add(result(picture));
      }
    } finally {
      workers.shutdownNow();
    }
    return new PictureCache(set, height, width, preprocessing, samples);
  }

  private static byte[] result(Future<byte[]> picture) throws IOException {
    try {
      return picture.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading pictures", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  public int size() {
    return samples.size();
  }

  /** What a network gets for picture {@code i}: [3, height, width], normalised, in the network's order of channels. */
  public float[] input(int i) {
    return preprocessing.normalization().apply(samples.get(i));
  }
}

package dev.lowpass.runtime.tvm;

import java.util.List;
import java.util.stream.IntStream;

/** The workers of parallel loops. TVM keeps one pool for each calling thread, half of the processors by default. */
public final class ThreadPool {
  /** {@code ThreadGroup::AffinityMode::kSpecifyThreadShareAllCore}: a number of workers, none bound to a core. */
  private static final int SHARE_ALL_CORES = -3;

  private ThreadPool() {}

  /**
   * Gives the calling thread's pool {@code threads} workers, itself among them. To be called on the thread that will
   * run the model, before its first parallel loop.
   */
  public static void configure(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; at least 1");
    }
    List<String> processors =
        IntStream.range(0, Runtime.getRuntime().availableProcessors()).mapToObj(Integer::toString).toList();
    Tvm.call("runtime.config_threadpool", SHARE_ALL_CORES, threads, processors);
  }
}

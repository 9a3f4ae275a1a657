package dev.lowpass.runtime.tvm;

import java.util.ArrayList;
import java.util.List;

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
    List<String> processors = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      processors.add(Integer.toString(i));
    }
    Tvm.call("runtime.config_threadpool", SHARE_ALL_CORES, threads, processors);
  }
}

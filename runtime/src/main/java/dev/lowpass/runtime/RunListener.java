package dev.lowpass.runtime;

/**
 * Is told of every inference of a session, for metrics: see {@link SessionOptions#withMetrics}. It is called by the thread
 * that made the inference, which waits for it; several sessions may share one, and then call it at once. What it throws
 * goes to whoever asked for the inference.
 */
public interface RunListener {
  /**
   * An inference is done.
   *
   * @param nanoseconds it took, without waiting for the session and without the copies of {@link
   *     Session#run(java.util.Map)}
   */
  void ran(long nanoseconds);

  /**
   * An inference was begun and has failed; whoever asked for it gets {@code problem} after this.
   *
   * @param nanoseconds until it did
   */
  default void failed(RuntimeException problem, long nanoseconds) {}
}

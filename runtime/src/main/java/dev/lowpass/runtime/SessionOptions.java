package dev.lowpass.runtime;

/**
 * How a session runs.
 *
 * @param threads workers of an inference, the caller's thread among them; at least 1, and no more are used than
 *     there are processors
 * @param metrics is told of every inference
 */
public record SessionOptions(int threads, RunListener metrics) {
  /** @throws IllegalArgumentException for no threads */
  public SessionOptions {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; at least 1");
    }
  }

  /** Options of which nobody is told anything. */
  public SessionOptions(int threads) {
    this(threads, new Nobody());
  }

  /** One worker for each processor that this JVM may use. */
  public static SessionOptions defaults() {
    return new SessionOptions(Runtime.getRuntime().availableProcessors());
  }

  /** {@code count} workers. */
  public static SessionOptions threads(int count) {
    return new SessionOptions(count);
  }

  /** The same, with somebody who is told of every inference, for instance a {@link LatencyHistogram}. */
  public SessionOptions withMetrics(RunListener listener) {
    return new SessionOptions(threads, listener);
  }

  /** A class and no lambda, which would cost a fresh JVM a millisecond; a record, so that equal options are equal. */
  private record Nobody() implements RunListener {
    @Override
    public void ran(long nanoseconds) {}
  }
}

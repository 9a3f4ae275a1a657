package dev.lowpass.runtime;

/**
 * How a session runs.
 *
 * @param threads workers of an inference, the caller's thread among them; at least 1, and no more are used than
 *     there are processors
 */
public record SessionOptions(int threads) {
  public SessionOptions {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; at least 1");
    }
  }

  /** One worker for each processor that this JVM may use. */
  public static SessionOptions defaults() {
    return new SessionOptions(Runtime.getRuntime().availableProcessors());
  }

  /** {@code count} workers. */
  public static SessionOptions threads(int count) {
    return new SessionOptions(count);
  }
}

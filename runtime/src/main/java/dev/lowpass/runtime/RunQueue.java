package dev.lowpass.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Inferences of a session that somebody else's threads are to make, one after the other in the order in which they were
 * asked for. One that waits for another keeps no thread. Thread-safe.
 */
final class RunQueue {
  private record Pending(
      Supplier<Map<String, Tensor>> inference, Executor executor, CompletableFuture<Map<String, Tensor>> result) {}

  /** Guarded by this. */
  private final Deque<Pending> waiting = new ArrayDeque<>();

  /** With its executor, before its inference has begun; guarded by this. */
  private @Nullable Pending given;

  /** Whether there is one that is with its executor, or at work; guarded by this. */
  private boolean busy;

  /** What those get that come too late; guarded by this. */
  private @Nullable Supplier<RuntimeException> refusal;

  CompletableFuture<Map<String, Tensor>> submit(Supplier<Map<String, Tensor>> inference, Executor executor) {
    Pending pending = new Pending(inference, executor, new CompletableFuture<>());
    synchronized (this) {
      if (refusal != null) {
        pending.result().completeExceptionally(refusal.get());
        return pending.result();
      }
      waiting.add(pending);
      if (busy) {
        return pending.result();
      }
      busy = true;
    }
    startNext();
    return pending.result();
  }

  private void startNext() {
    for (Pending next = next(); next != null; next = next()) {
      Pending pending = next;
      try {
        pending.executor().execute(() -> make(pending));
        return;
      } catch (RuntimeException refused) {
        pending.result().completeExceptionally(refused);
      }
    }
  }

  private synchronized @Nullable Pending next() {
    given = waiting.poll();
    busy = given != null;
    return given;
  }

  private void make(Pending pending) {
    if (begins(pending)) {
      try {
        pending.result().complete(pending.inference().get());
      } catch (Throwable e) {
        pending.result().completeExceptionally(e);
      }
    }
    startNext();
  }

  /** Not where its result is there already: somebody has cancelled it, or the queue was closed. */
  private synchronized boolean begins(Pending pending) {
    given = null;
    return !pending.result().isDone();
  }

  /** From now on nothing more is begun: who waits, and who comes, gets {@code refused}. Does not wait itself. */
  void close(Supplier<RuntimeException> refused) {
    List<Pending> left = new ArrayList<>();
    synchronized (this) {
      refusal = refused;
      if (given != null) {
        left.add(given);
      }
      left.addAll(waiting);
      waiting.clear();
    }
    left.forEach(pending -> pending.result().completeExceptionally(refused.get()));
  }
}

package dev.lowpass.spark;

import dev.lowpass.runtime.Model;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The models of this JVM by the SHA-256 of their artifacts. Tasks of any job lease them: a model is loaded for the
 * first and shared by all. One that nobody has leased for {@link #KEPT} is closed when somebody next comes or goes;
 * what is left then ends with the JVM. Thread-safe; who comes while a model is loaded waits for it.
 */
final class LoadedModels {
  /** From one stage's tasks to the next one's may take a while, and nothing is computed by a model that waits. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /**
   * Static state, of which this project has no other: an executor runs tasks of many jobs in one JVM, and Spark has no
   * place where they could find what an earlier one loaded.
   */
  private static final LoadedModels OF_THIS_JVM = new LoadedModels(InstantSource.system());

  private final InstantSource clock;

  /** Guarded by this. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  LoadedModels(InstantSource clock) {
    this.clock = clock;
  }

  static LoadedModels ofThisJvm() {
    return OF_THIS_JVM;
  }

  /**
   * The model of an artifact.
   *
   * @param load asked where it is not loaded yet
   */
  synchronized Lease lease(String sha256, Supplier<Model> load) {
    closeForgotten();
    Entry entry = entries.get(sha256);
    if (entry == null) {
      entry = new Entry(load.get());
      entries.put(sha256, entry);
    }
    entry.leases++;
    return new Lease(entry);
  }

  /** How many there are at the moment. */
  synchronized int leases() {
    return entries.values().stream().mapToInt(entry -> entry.leases).sum();
  }

  private synchronized void end(Entry entry) {
    entry.leases--;
    entry.unusedSince = clock.instant();
    closeForgotten();
  }

  private void closeForgotten() {
    Instant oldest = clock.instant().minus(KEPT);
    entries.values().removeIf(entry -> entry.closeIfUnusedSince(oldest));
  }

  private static final class Entry {
    private final Model model;
    private int leases;
    private Instant unusedSince = Instant.MAX;

    private Entry(Model model) {
      this.model = model;
    }

    private boolean closeIfUnusedSince(Instant oldest) {
      boolean forgotten = leases == 0 && !unusedSince.isAfter(oldest);
      if (forgotten) {
        model.close();
      }
      return forgotten;
    }
  }

  /** A model that stays open until this is closed; closing twice is harmless. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean ended;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    Model model() {
      return entry.model;
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        end(entry);
      }
    }
  }
}

package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CpuBackend;
import dev.lowpass.codegen.backend.Presence;
import dev.lowpass.codegen.tune.Circumstances;
import dev.lowpass.codegen.tune.TuningListener;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.natives.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The prices of one target on this machine: measured once, and kept in the user's cache for as long as processor,
 * target and kernels are the same. Two programs that measure at once are harmless: a file is replaced whole.
 */
public final class MachinePrices {
  private final Backend backend;
  private final Path folder;

  private MachinePrices(Backend backend, Path folder) {
    this.backend = backend;
    this.folder = folder;
  }

  /** Those that the user's cache keeps. */
  public static MachinePrices of(Backend backend) {
    return of(backend, CacheFolder.ofUser());
  }

  /** Those that the cache folder {@code cache} keeps. */
  public static MachinePrices of(Backend backend, Path cache) {
    return new MachinePrices(backend, cache.resolve("prices"));
  }

  /** Where they are kept, whether they are there or not; such a file can be given to other machines. */
  public Path file() {
    return folder.resolve("prices-" + Circumstances.of(backend).digest() + ".txt");
  }

  /**
   * The prices, if they were measured.
   *
   * @throws LowpassException LP4018 for a broken file
   */
  public Optional<MeasuredPrices> find() {
    Path file = file();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    MeasuredPrices prices = PriceFile.read(file);
    if (!prices.circumstances().equals(Circumstances.of(backend))) {
      throw new LowpassException(
          "LP4018", file.toString(), "holds prices of something else; measure again with 'lowpass doctor --measure'");
    }
    return Optional.of(prices);
  }

  /**
   * The prices.
   *
   * @throws LowpassException LP4018 for a broken file, LP4019 where they were never measured
   */
  public MeasuredPrices require() {
    String remedy = "prices of this machine were not measured yet; 'lowpass doctor --measure --target %s' does";
    return find()
        .orElseThrow(() -> new LowpassException("LP4019", backend.name(), remedy.formatted(backend.name())));
  }

  /**
   * The prices, which are measured if they never were or their file is broken: that takes about two minutes.
   *
   * @throws LowpassException as {@link #measure}
   */
  public MeasuredPrices findOrMeasure(TuningListener listener) {
    try {
      Optional<MeasuredPrices> known = find();
      if (known.isPresent()) {
        return known.get();
      }
    } catch (LowpassException broken) {
      // Measured again, and replaced.
    }
    return measure(listener);
  }

  /**
   * Measures the prices and keeps them.
   *
   * @throws LowpassException LP4023 where this machine cannot run the target's code, or it runs on no processor; LP4024
   *     where the file cannot be written
   */
  public MeasuredPrices measure(TuningListener listener) {
    if (!(backend instanceof CpuBackend)) {
      throw new LowpassException("LP4023", backend.name(), "prices are measured of processors only; name one of those");
    }
    if (backend.presence() instanceof Presence.Missing missing) {
      throw new LowpassException(
          "LP4023", backend.name(), missing.lack() + " here, so its code cannot be timed; measure where it runs");
    }
    MeasuredPrices prices = PriceFit.run(backend, listener);
    keep(prices);
    return prices;
  }

  /** Replaces the file. */
  void keep(MeasuredPrices prices) {
    Path file = file();
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "prices-", ".part");
      try {
        Files.write(draft, PriceFile.bytes(prices));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new LowpassException("LP4024", file.toString(), "prices cannot be kept there: " + e.getMessage(), e);
    }
  }
}

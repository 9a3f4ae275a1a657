package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** The layers where bands can pay: those that run low-passed if every channel keeps a quarter. */
public final class PayingLayers {
  private static final int PART = 4;

  private PayingLayers() {}

  /** Of {@code layers} those where bands can pay. */
  public static List<BandLayer> of(List<BandLayer> layers, TimeModel times) {
    SequencedMap<String, BandLimit> quarter = new LinkedHashMap<>();
    for (BandLayer layer : layers) {
      Bands keep = Bands.full(layer.channels(), Math.ceilDiv(layer.coefficients(), PART));
      quarter.put(layer.name(), layer.full().withKeep(keep));
    }
    Set<String> paying = times.best(new BandsFile(quarter), _ -> 0);
    return layers.stream().filter(layer -> paying.contains(layer.node().name())).toList();
  }
}

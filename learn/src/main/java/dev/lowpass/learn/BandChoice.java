package dev.lowpass.learn;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Chooses thresholds for all layers together, by what each loses: cheap, once the losses are known. */
public record BandChoice(List<LayerLoss> losses) {
  public BandChoice {
    losses = List.copyOf(losses);
  }

  /**
   * The bands that lose least of those that keep at most the part {@code retained} of the multiply-adds of all searched
   * layers. Layers that keep everything are left out.
   *
   * @throws LowpassException LP6003 for a part that is not within 0 and 1
   */
  public BandsFile keeping(double retained) {
    if (!(retained >= 0 && retained <= 1)) {
      throw new LowpassException("LP6003", "retained " + retained, "not a part of all multiply-adds; give 0 to 1");
    }
    double price = Price.least(candidate -> retained(candidate) <= retained);
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (LayerLoss loss : losses) {
      BandLimit limit = loss.layer().limit(loss.cheapest(price));
      if (!limit.equals(loss.layer().full())) {
        limits.put(loss.layer().name(), limit);
      }
    }
    return new BandsFile(limits);
  }

  private double retained(double price) {
    double kept = 0;
    double all = 0;
    for (LayerLoss loss : losses) {
      kept += loss.layer().limit(loss.cheapest(price)).retained() * loss.layer().multiplyAdds();
      all += loss.layer().multiplyAdds();
    }
    return kept / all;
  }
}

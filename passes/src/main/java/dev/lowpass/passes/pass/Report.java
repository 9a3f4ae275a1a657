package dev.lowpass.passes.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What passes have to tell about a compilation; filled while a pipeline runs and read by the command and the artifact's
 * manifest.
 */
public final class Report {
  /**
   * What became of one pointwise layer, in the order of the network.
   *
   * @param layer the layer's name, as in the bands file
   * @param form {@code dense}, {@code project} or {@code both}: neither, one or both sides of the block in the
   *     frequency domain
   * @param retained part of its multiply-adds that the bands keep, 0 to 1
   * @param executed part of its multiply-adds that the compacted product performs, 0 to 1
   * @param predictedDense predicted time of the dense form in microseconds, NaN if no model was asked
   * @param predictedLowpassed predicted time of the low-passed form in microseconds, transforms included
   */
  public record Decision(
      String layer,
      String form,
      long multiplyAdds,
      double retained,
      double executed,
      double predictedDense,
      double predictedLowpassed,
      String reason) {}

  /**
   * Predicted time of one inference, in microseconds.
   *
   * @param machine what it is predicted for, for instance {@code one AVX-512 core}
   * @param dense with every layer dense
   * @param chosen with the forms that were chosen
   */
  public record Prediction(String machine, double dense, double chosen) {}

  private final Map<String, Decision> decisions = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private Optional<Prediction> prediction = Optional.empty();

  public void decide(Decision decision) {
    decisions.put(decision.layer(), decision);
  }

  public void remark(String text) {
    remarks.add(text);
  }

  public void predict(Prediction predicted) {
    prediction = Optional.of(predicted);
  }

  public List<Decision> decisions() {
    return List.copyOf(decisions.values());
  }

  /** The time of the whole network, if a model was asked. */
  public Optional<Prediction> prediction() {
    return prediction;
  }

  public List<String> remarks() {
    return List.copyOf(remarks);
  }
}

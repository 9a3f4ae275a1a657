package dev.lowpass.codegen.artifact;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a compilation tells of its decisions, as it travels in an artifact's manifest: for {@code lowpass inspect}, and
 * for compilations that are to choose as this one did.
 *
 * @param layers what became of each pointwise layer
 * @param choices of the steps that have any
 * @param prediction of an inference's time
 * @param prices by which it was predicted
 * @param largestLiveBytes intermediate values that are alive at once at the worst step
 * @param remarks of passes, each a line
 * @param bands of the model's layers, as the text of a bands file; empty where it has none
 * @param plan what the steps do with memory
 */
public record CompilationReport(
    List<Report.Decision> layers,
    List<StepChoice> choices,
    Report.Prediction prediction,
    PricesUsed prices,
    long largestLiveBytes,
    List<String> remarks,
    String bands,
    PlanSummary plan) {
  /**
   * How one step computes.
   *
   * @param step its name, kind and shapes
   * @param choice a value for each of its settings
   * @param builtIn what would have been chosen without a search, where that is something else
   */
  public record StepChoice(String step, String choice, Optional<String> builtIn) {
    private Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("step", step);
      json.put("choice", choice);
      builtIn.ifPresent(other -> json.put("builtIn", other));
      return json;
    }

    private static StepChoice of(Members json) {
      Optional<String> builtIn = json.has("builtIn") ? Optional.of(json.text("builtIn")) : Optional.empty();
      return new StepChoice(json.text("step"), json.text("choice"), builtIn);
    }
  }

  /**
   * Prices by which forms were chosen.
   *
   * @param source where they come from, for people
   * @param nanoseconds by term, as {@link CostTerm#word} writes it
   */
  public record PricesUsed(String source, Map<String, Double> nanoseconds) {
    public PricesUsed {
      nanoseconds = Collections.unmodifiableMap(new LinkedHashMap<>(nanoseconds));
    }

    public static PricesUsed of(PricedModel model) {
      Map<String, Double> nanoseconds = new LinkedHashMap<>();
      model.nanoseconds().forEach((term, price) -> nanoseconds.put(term.word(), price));
      return new PricesUsed(model.source(), nanoseconds);
    }

    private Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("source", source);
      json.put("nanoseconds", nanoseconds);
      return json;
    }

    private static PricesUsed of(Members json) {
      Members prices = json.object("nanoseconds");
      Map<String, Double> nanoseconds = new LinkedHashMap<>();
      prices.keys().forEach(term -> nanoseconds.put(term, prices.number(term)));
      return new PricesUsed(json.text("source"), nanoseconds);
    }
  }

  public CompilationReport {
    layers = List.copyOf(layers);
    choices = List.copyOf(choices);
    remarks = List.copyOf(remarks);
  }

  /**
   * The report on one of an artifact's sizes.
   *
   * @param place the artifact, for messages
   * @throws LowpassException LP4017 where it has another form than this version gives it
   */
  public static CompilationReport of(String place, Manifest.Size size) {
    try {
      return of(new Members(size.report()));
    } catch (IllegalArgumentException e) {
      String problem = "its report of the compilation has another form than this version's: " + e.getMessage();
      throw new LowpassException("LP4017", place, problem + "; compile the model again");
    }
  }

  private static CompilationReport of(Members json) {
    Report.Prediction prediction =
        new Report.Prediction(json.text("predictedMachine"), json.time("predictedDense"), json.time("predicted"));
    return new CompilationReport(
        json.objects("layers").stream().map(CompilationReport::layer).toList(),
        json.objects("choices").stream().map(StepChoice::of).toList(),
        prediction,
        PricesUsed.of(json.object("prices")),
        json.whole("largestLiveBytes"),
        json.texts("remarks"),
        json.has("bands") ? json.text("bands") : "",
        json.has("plan") ? PlanSummary.of(json.object("plan")) : PlanSummary.UNKNOWN);
  }

  /** What the manifest is to hold; the order of keys is part of an artifact's bytes. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layers", layers.stream().map(CompilationReport::layer).toList());
    json.put("choices", choices.stream().map(StepChoice::toJson).toList());
    json.put("predictedMachine", prediction.machine());
    json.put("predictedDense", finite(prediction.dense()));
    json.put("predicted", finite(prediction.chosen()));
    json.put("prices", prices.toJson());
    json.put("largestLiveBytes", largestLiveBytes);
    json.put("remarks", remarks);
    json.put("bands", bands);
    json.put("plan", plan.toJson());
    return json;
  }

  private static Map<String, Object> layer(Report.Decision decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layer", decision.layer());
    json.put("form", decision.form());
    json.put("multiplyAdds", decision.multiplyAdds());
    json.put("retained", decision.retained());
    json.put("executed", decision.executed());
    json.put("predictedDense", finite(decision.predictedDense()));
    json.put("predictedLowpassed", finite(decision.predictedLowpassed()));
    json.put("reason", decision.reason());
    return json;
  }

  private static Report.Decision layer(Members json) {
    return new Report.Decision(
        json.text("layer"),
        json.text("form"),
        json.whole("multiplyAdds"),
        json.number("retained"),
        json.number("executed"),
        json.time("predictedDense"),
        json.time("predictedLowpassed"),
        json.text("reason"));
  }

  /** JSON has no NaN; -1 stands for a time that nobody predicted. */
  private static double finite(double time) {
    return Double.isFinite(time) ? time : -1;
  }
}

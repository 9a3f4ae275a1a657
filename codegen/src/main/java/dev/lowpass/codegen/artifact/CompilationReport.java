package dev.lowpass.codegen.artifact;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
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
 */
public record CompilationReport(
    List<Report.Decision> layers,
    List<StepChoice> choices,
    Report.Prediction prediction,
    PricesUsed prices,
    long largestLiveBytes,
    List<String> remarks) {
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
        json.texts("remarks"));
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

  /** An object of JSON; what it lacks is an {@link IllegalArgumentException}. */
  private record Members(Map<?, ?> json) {
    boolean has(String key) {
      return json.containsKey(key);
    }

    String text(String key) {
      return cast(key, json.get(key), String.class);
    }

    long whole(String key) {
      return cast(key, json.get(key), Long.class);
    }

    double number(String key) {
      return cast(key, json.get(key), Number.class).doubleValue();
    }

    /** The reverse of {@link #finite}. */
    double time(String key) {
      double time = number(key);
      return time < 0 ? Double.NaN : time;
    }

    List<String> texts(String key) {
      return elements(key, String.class);
    }

    List<String> keys() {
      return json.keySet().stream().map(String::valueOf).toList();
    }

    Members object(String key) {
      return new Members(cast(key, json.get(key), Map.class));
    }

    List<Members> objects(String key) {
      return elements(key, Map.class).stream().map(Members::new).toList();
    }

    private <T> List<T> elements(String key, Class<T> type) {
      List<T> elements = new ArrayList<>();
      for (Object element : cast(key, json.get(key), List.class)) {
        elements.add(cast(key, element, type));
      }
      return elements;
    }

    private <T> T cast(String key, Object value, Class<T> type) {
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException("'" + key + "' is " + (has(key) ? "something else" : "missing"));
      }
      return type.cast(value);
    }
  }
}

package dev.lowpass.cli.report;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.plan.StepWork;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.passes.pass.Report;
import java.util.List;

/**
 * What became of a model at one size.
 *
 * @param number counted from 1
 */
record SizeSummary(int number, Compilation compilation) {
  /** By which it is told from others. */
  String inputs() {
    return SpecText.of(compilation.manifest().first().inputs());
  }

  void print(Terminal terminal) {
    List<Report.Decision> decisions = compilation.report().decisions();
    DecisionTable.of(decisions).print(terminal);
    compilation.report().remarks().forEach(remark -> terminal.line(terminal.faint(remark)));
    compilation.tuning().forEach(remark -> terminal.line(terminal.faint(remark)));
    terminal.line(decisions.isEmpty() ? "dense: no layer has bands" : Retained.of(decisions).toText());
    compilation.report().prediction().ifPresent(predicted -> terminal.line(text(predicted)));
    terminal.line(terminal.faint("prices: " + compilation.prices().source()));
    terminal.line(
        "memory: parameters %s, scratch %s and %s a worker, largest live set %s"
            .formatted(
                Quantity.bytes(compilation.memory().parameterBytes()),
                Quantity.bytes(compilation.memory().scratchBytes()),
                Quantity.bytes(compilation.memory().workerBytes()),
                Quantity.bytes(compilation.memory().largestLiveBytes())));
  }

  /** For instance {@code predicted: 4.62 ms dense, 4.01 ms as compiled (one AVX-512 core, one thread)}. */
  private static String text(Report.Prediction predicted) {
    String dense = Quantity.microseconds(predicted.dense()) + " dense";
    String compiled = Quantity.microseconds(predicted.chosen()) + " as compiled";
    String times =
        Double.isNaN(predicted.dense()) ? compiled
            : predicted.dense() == predicted.chosen() ? dense
            : dense + ", " + compiled;
    return "predicted: %s (%s)".formatted(times, predicted.machine());
  }

  private Json predicted() {
    Json json = new Json();
    compilation
        .report()
        .prediction()
        .ifPresent(
            predicted ->
                json.with("machine", predicted.machine())
                    .with("denseMicroseconds", predicted.dense())
                    .with("microseconds", predicted.chosen()));
    return json;
  }

  Json addTo(Json json) {
    List<Report.Decision> decisions = compilation.report().decisions();
    return json
        .with("inputs", compilation.manifest().first().inputs().stream().map(SpecText::toJson).toList())
        .with("pointwise", Retained.of(decisions).toJson())
        .with("predicted", predicted())
        .with("prices", PriceTable.toJson(compilation.prices()))
        .with(
            "memory",
            new Json()
                .with("parameters", compilation.memory().parameterBytes())
                .with("scratch", compilation.memory().scratchBytes())
                .with("worker", compilation.memory().workerBytes())
                .with("largestLive", compilation.memory().largestLiveBytes()))
        .with("layers", DecisionTable.of(decisions).toJson())
        .with("remarks", compilation.report().remarks())
        .with("tuning", compilation.tuning())
        .with("kernels", compilation.kernels())
        .with("work", compilation.plan().steps().stream().map(SizeSummary::work).toList());
  }

  /** What a kernel has to do at least, for rooflines. */
  private static Json work(Step step) {
    StepWork work = StepWork.of(step);
    return new Json()
        .with("step", step.name())
        .with("kind", step.kind())
        .with("multiplyAdds", work.multiplyAdds())
        .with("bytes", work.bytes());
  }
}

package dev.lowpass.cli.report;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.passes.pass.Report;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code compile} says when it is done.
 *
 * @param bytes size of the artifact
 * @param seconds that compiling took
 */
public record CompilationSummary(Compilation compilation, Path artifact, long bytes, double seconds) {
  public void print(Terminal terminal) {
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
    terminal.line("%d kernels, compiled in %.1f s".formatted(compilation.kernels().size(), seconds));
    terminal.line(terminal.strong(artifact + ": " + Quantity.bytes(bytes)));
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

  public Json toJson() {
    List<Report.Decision> decisions = compilation.report().decisions();
    Retained retained = Retained.of(decisions);
    return new Json()
        .with("artifact", artifact.toString())
        .with("bytes", bytes)
        .with("seconds", seconds)
        .with("pointwise", retained.toJson())
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
        .with("kernels", compilation.kernels());
  }
}

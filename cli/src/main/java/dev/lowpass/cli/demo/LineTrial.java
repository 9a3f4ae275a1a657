package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Forms of a model, compiled into a folder, asked about the same lines as ONNX Runtime, and timed beside it.
 *
 * @param stem how the artifacts' names begin
 * @param input what the model reads of a line
 */
record LineTrial(Path folder, String stem, LineInput input, Progress progress) {
  /**
   * What one of them said.
   *
   * @param answers one a line
   */
  record Answers<T>(String name, List<T> answers, Latency latency) {}

  Compilation compile(Path model, CompileOptions options, String name) {
    Progress named = (stage, done, total) -> progress.stage("compile " + name + ": " + stage, done, total);
    Compilation compilation = new Compiler().compile(model, options, named);
    compilation.writeTo(artifact(name));
    return compilation;
  }

  private Path artifact(String name) {
    return folder.resolve(stem + "." + name.replace(", ", "-") + ".lowpass");
  }

  /**
   * ONNX Runtime's answers, and then those of {@code forms}, which were {@link #compile}d; the first line is timed.
   *
   * @param stage as progress calls it
   * @param answer of the elements of the output
   */
  <T> List<Answers<T>> run(
      Path model,
      List<String> forms,
      List<DrawnLine> lines,
      String stage,
      Function<float[], T> answer,
      Interleaved measurement)
      throws IOException {
    List<Engine> engines = new ArrayList<>();
    try {
      engines.add(OnnxRuntimeEngine.load("ONNX Runtime", model.toString(), Files.readAllBytes(model), 1));
      for (String form : forms) {
        engines.add(LowpassEngine.load(form, artifact(form), 1));
      }
      List<List<T>> answers = new ArrayList<>();
      engines.forEach(_ -> answers.add(new ArrayList<>()));
      for (int i = 0; i < lines.size(); i++) {
        progress.stage(stage, i, lines.size());
        Map<String, Tensor> line = read(lines.get(i));
        for (int e = 0; e < engines.size(); e++) {
          answers.get(e).add(answer.apply(engines.get(e).run(line).values().iterator().next().floats()));
        }
      }
      progress.stage("measure latency", lines.size(), lines.size());
      Map<String, Tensor> timed = read(lines.getFirst());
      List<Latency> latencies = measurement.measure(engines.stream().map(engine -> engine.bound(timed)).toList());
      List<Answers<T>> all = new ArrayList<>();
      for (int e = 0; e < engines.size(); e++) {
        all.add(new Answers<>(engines.get(e).label(), answers.get(e), latencies.get(e)));
      }
      return all;
    } finally {
      engines.forEach(Engine::close);
    }
  }

  private Map<String, Tensor> read(DrawnLine line) {
    return Map.of(DemoModel.INPUT, input.of(line.picture()));
  }
}

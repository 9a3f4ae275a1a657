package dev.lowpass.cli.learning;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierPoint;
import dev.lowpass.cli.frontier.MeasuredOn;
import dev.lowpass.cli.score.Evaluation;
import dev.lowpass.cli.score.Scoring;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Candidates against the dense model and ONNX Runtime: each is compiled, all are timed in turns, and scored on pictures
 * that nothing was fitted to.
 *
 * @param folder takes the artifacts
 * @param threads of each contender
 * @param measurement how all are timed
 */
record Contest(
    SourceNetwork network,
    Preprocessing preprocessing,
    Path folder,
    int threads,
    Measurement measurement,
    Progress progress) {
  private static final String PEER = "ONNX Runtime";

  /** A compiled contender. */
  private record Compiled(Contender contender, Path artifact, Compilation compilation) {}

  /**
   * Compiles, times and scores.
   *
   * @param dense the model as it was: what all are compared with
   * @param pictures that nothing was fitted to, at least one
   */
  Frontier run(Contender dense, List<Contender> others, PictureSet pictures) throws IOException {
    List<Compiled> compiled = new ArrayList<>(List.of(compile(dense, 0)));
    for (Contender other : others) {
      compiled.add(compile(other, compiled.size()));
    }
    List<Engine> engines = new ArrayList<>();
    try {
      for (Compiled each : compiled) {
        engines.add(LowpassEngine.load(each.contender().name(), each.artifact(), threads));
      }
      byte[] model = Files.readAllBytes(dense.model());
      engines.add(OnnxRuntimeEngine.load(PEER, dense.model().toString(), model, threads));
      InputFiles files = new InputFiles(preprocessing);
      progress.stage("measure", 0, 1);
      Path picture = pictures.entries().getFirst().file();
      List<Latency> latencies = measurement.of(engines, spec -> files.read(picture, spec));
      List<Scoring> scorings =
          new Evaluation(engines, 0, files, OptionalInt.of(network.firstClass())).run(pictures, progress);
      return new Frontier(measuredOn(pictures), points(compiled, latencies, scorings));
    } finally {
      engines.forEach(Engine::close);
    }
  }

  private Compiled compile(Contender contender, int number) {
    Progress named =
        (stage, done, total) -> progress.stage("compile " + contender.name() + ": " + stage, done, total);
    Compilation compilation = new Compiler().compile(contender.model(), contender.options(), named);
    Path artifact = folder.resolve(number + ".lowpass");
    compilation.writeTo(artifact);
    return new Compiled(contender, artifact, compilation);
  }

  private MeasuredOn measuredOn(PictureSet pictures) {
    return new MeasuredOn(
        Processor.model(),
        threads,
        named(network.file()),
        named(pictures.source()),
        pictures.size());
  }

  /** The last name of {@code path}, whichever way it was written. */
  private static String named(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path last = whole.getFileName();
    return (last == null ? whole : last).toString().replaceAll("\\p{Cntrl}", "?");
  }

  private List<FrontierPoint> points(List<Compiled> compiled, List<Latency> latencies, List<Scoring> scorings) {
    Latency dense = latencies.getFirst();
    double predicted = predicted(compiled.getFirst());
    List<FrontierPoint> points = new ArrayList<>();
    for (int i = 0; i < compiled.size(); i++) {
      Contender contender = compiled.get(i).contender();
      FrontierPoint point =
          FrontierPoint.of(contender.name(), contender.kind(), contender.height(), contender.width())
              .measured(latencies.get(i).ratioTo(dense), 1000 * latencies.get(i).median())
              .predicted(predicted(compiled.get(i)) / predicted);
      points.add(scored(point, scorings.get(i), i == 0));
    }
    Latency peer = latencies.getLast();
    FrontierPoint last =
        FrontierPoint.of(PEER, FrontierPoint.Kind.PEER, network.height(), network.width())
            .measured(peer.ratioTo(dense), 1000 * peer.median());
    points.add(scored(last, scorings.getLast(), false));
    return points;
  }

  /** Before a new head has learnt, answers mean nothing: all but the chosen one only have a time. */
  private FrontierPoint scored(FrontierPoint point, Scoring scoring, boolean reference) {
    if (network.newHead()) {
      return point.kind() == FrontierPoint.Kind.CHOSEN ? point.scoredAlone(scoring) : point;
    }
    return reference ? point.scoredAsReference(scoring, network.classes() > 0) : point.scored(scoring);
  }

  private static double predicted(Compiled compiled) {
    return compiled.compilation().report().prediction().orElseThrow().chosen();
  }
}

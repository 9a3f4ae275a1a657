package dev.lowpass.learn;

import ai.djl.ndarray.*;
import dev.lowpass.ir.*;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.*;
import dev.lowpass.learn.answer.*;
import dev.lowpass.learn.data.*;
import dev.lowpass.learn.judge.*;
import dev.lowpass.learn.network.*;
import dev.lowpass.learn.sensitivity.*;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.*;
import java.nio.file.*;
import java.util.*;

public class ProbeLayers {
  public static void main(String[] a) throws Exception {
    int pictures = Integer.parseInt(a[1]);
    Graph imported = OnnxReader.read(Path.of(a[0]), ImportOptions.defaults().withShape("input", dev.lowpass.ir.Shape.of(1, 3, 224, 224))).graph();
    Graph graph = Answer.scored(PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512)));
    Answer answer = new ClassAnswer(Double.parseDouble(a[2]));
    List<BandLayer> layers = BandLayer.of(graph);
    Examples cal = ProbeMain.images(a[3], pictures);
    try (NDManager m = TrainingEngine.newManager(); Network net = Network.of(graph, m)) {
      Batches batches = Batches.of(cal, graph, 10);
      Judge judge = Judge.of(net, answer, batches, m, LearningListener.silent());
      SensitivityMeter meter = new SensitivityMeter(net, layers, answer, batches, judge.expected());
      Sensitivities s = meter.at(new BandsFile(new LinkedHashMap<>()), 1, LearningListener.silent());
      for (int l = 0; l < layers.size(); l += 3) {
        BandLayer layer = layers.get(l);
        for (int t : new int[] {4, 8, 11}) {
          int keep = layer.thresholds().get(t);
          double sum = 0, each = 0;
          for (int n = 0; n < pictures; n++) { double d = 0; for (int c = 0; c < layer.channels(); c++) { double x = s.layers().get(l).tails()[c][t][n]; d += x; each += x * x; } sum += d * d; }
          int[] k = new int[layer.channels()]; Arrays.fill(k, keep);
          BandsFile bands = new BandsFile(new LinkedHashMap<>(Map.of(layer.name(), layer.limit(k))));
          try (BandMasks masks = BandMasks.of(graph, bands, m)) {
            Score score = judge.score(net, masks, LearningListener.silent());
            System.out.printf("%s keep %d/%d: predicted %.5f (independent %.5f) KL %.5f agreement %.3f%n", layer.name(), keep, layer.coefficients(), sum / 2 / pictures, each / 2 / pictures, score.loss(), score.agreement());
          }
        }
      }
    }
  }
}

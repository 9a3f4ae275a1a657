package dev.lowpass.learn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.*;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.*;
import dev.lowpass.ir.*;
import dev.lowpass.learn.network.*;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.*;
import java.nio.file.*;
import java.util.*;

public class ProbeMain {
  public static void main(String[] a) throws Exception {
    int size = Integer.parseInt(a[1]);
    int batch = Integer.parseInt(a[2]);
    ImportOptions options = ImportOptions.defaults().withShape("input", dev.lowpass.ir.Shape.of(1, 3, 224, 224));
    Graph imported = OnnxReader.read(Path.of(a[0]), options).graph();
    Graph graph = PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512));
    Value in = graph.inputs().getFirst();
    graph = new Graph(graph.name(), List.of(new Value(in.name(), in.type().withShape(dev.lowpass.ir.Shape.of(1, 3, size, size)))), graph.nodes(), graph.outputs()).apply(dev.lowpass.ir.graph.Rewrite.none());
    try (NDManager m = TrainingEngine.newManager(); Network net = Network.of(graph, m)) {
      System.out.println(TrainingEngine.device() + " " + net.weights().size());
      net.weights().values().forEach(w -> w.setRequiresGradient(true));
      for (int i = 0; i < 6; i++) {
        try (NDManager step = m.newSubManager()) {
          NDArray x = step.randomNormal(new Shape(batch, 3, size, size));
          long t0 = System.nanoTime();
          try (GradientCollector g = Engine.getInstance().newGradientCollector()) {
            NDArray y = net.run(step, Map.of(graph.inputs().getFirst().name(), x), LayerInput.WHOLE).get(0);
            NDArray loss = y.logSoftmax(1).get(":, 0").neg().mean();
            float l = loss.getFloat();
            long t1 = System.nanoTime();
            g.backward(loss);
            net.weights().values().iterator().next().getGradient().toFloatArray();
            long t2 = System.nanoTime();
            System.out.printf("forward %.0f ms backward %.0f ms loss %.4f%n", (t1 - t0) / 1e6, (t2 - t1) / 1e6, l);
          }
        }
        System.out.println("arrays " + m.getManagedArrays().size());
      }
      net.weights().values().forEach(w -> w.setRequiresGradient(false));
      for (int i = 0; i < 4; i++) {
        try (NDManager step = m.newSubManager()) {
          NDArray x = step.randomNormal(new Shape(batch, 3, size, size));
          long t0 = System.nanoTime();
          NDArray y = net.run(step, Map.of(graph.inputs().getFirst().name(), x), LayerInput.WHOLE).get(0);
          y.toFloatArray();
          System.out.printf("inference %.0f ms%n", (System.nanoTime() - t0) / 1e6);
        }
      }
    }
  }
}

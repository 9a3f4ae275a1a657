package dev.lowpass.learn;

import ai.djl.ndarray.*;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.*;
import dev.lowpass.ir.*;
import dev.lowpass.learn.answer.*;
import dev.lowpass.learn.choice.*;
import dev.lowpass.learn.data.*;
import dev.lowpass.learn.network.*;
import dev.lowpass.learn.sensitivity.*;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.*;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import javax.imageio.ImageIO;

public class ProbeMain {
  static Examples images(String dir, int count) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(dir, "labels.txt")).stream().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) rows.add(lines.get((int) ((long) i * lines.size() / count)).split("\t"));
    List<float[]> planes = rows.parallelStream().map(r -> {
      try {
        BufferedImage im = ImageIO.read(new File(dir, r[r.length - 1].strip()));
        float[] p = new float[3 * 224 * 224];
        if (im.getWidth() != 224 || im.getHeight() != 224) { BufferedImage s = new BufferedImage(224,224,BufferedImage.TYPE_INT_RGB); s.createGraphics().drawImage(im.getScaledInstance(224,224,java.awt.Image.SCALE_AREA_AVERAGING),0,0,null); im = s; }
        for (int y = 0; y < 224; y++) for (int x = 0; x < 224; x++) { int v = im.getRGB(x, y); for (int c = 0; c < 3; c++) p[(c * 224 + y) * 224 + x] = ((v >> (16 - 8 * c) & 255) - 127.5f) / 127.5f; }
        return p;
      } catch (Exception e) { throw new RuntimeException(e); }
    }).toList();
    return new Examples() {
      public int size() { return planes.size(); }
      public void read(int i, float[] t, int o) { System.arraycopy(planes.get(i), 0, t, o, planes.get(i).length); }
      public OptionalInt label(int i) { return OptionalInt.of(Integer.parseInt(rows.get(i)[0])); }
    };
  }

  static List<NDList> answers(Network net, Batches batches, LayerInput in, NDManager keep) {
    List<NDList> all = new ArrayList<>();
    for (int b = 0; b < batches.count(); b++) try (NDManager step = net.manager().newSubManager()) {
      NDList out = net.run(step, batches.inputs(step, b), in);
      out.attach(keep); all.add(out);
    }
    return all;
  }

  static void judge(String name, Network net, Batches batches, List<NDList> dense, LayerInput in, Answer answer, int first) {
    double kl = 0; int agree = 0, right = 0, denseRight = 0, n = 0;
    try (NDManager m = net.manager().newSubManager()) {
      List<NDList> out = answers(net, batches, in, m);
      for (int b = 0; b < out.size(); b++) {
        NDArray o = out.get(b).get(0), d = dense.get(b).get(0);
        int c = (int) o.getShape().get(0);
        kl += c * answer.loss(dense.get(b), out.get(b)).getFloat();
        long[] oa = o.argMax(1).toLongArray(), da = d.argMax(1).toLongArray();
        for (int i = 0; i < c; i++) { long l = batches.data().label(n++).getAsInt() + first; agree += oa[i] == da[i] ? 1 : 0; right += oa[i] == l ? 1 : 0; denseRight += da[i] == l ? 1 : 0; }
      }
    }
    System.out.printf("%s: KL %.4f agreement %.2f top-1 %.2f dense %.2f lost %.2f%n", name, kl / n, 100.0 * agree / n, 100.0 * right / n, 100.0 * denseRight / n, 100.0 * (denseRight - right) / n);
  }

  public static void main(String[] a) throws Exception {
    int pictures = Integer.parseInt(a[1]);
    ImportOptions options = ImportOptions.defaults().withShape("input", dev.lowpass.ir.Shape.of(1, 3, 224, 224));
    Graph imported = OnnxReader.read(Path.of(a[0]), options).graph();
    Graph graph = Answer.scored(PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512)));
    graph.nodes().subList(graph.nodes().size() - 6, graph.nodes().size()).forEach(System.out::println);
    Answer answer = Answer.of(graph);
    if (a.length > 3) answer = new ClassAnswer(Double.parseDouble(a[3]));
    System.out.println(answer);
    TimeModel times = new TimeModel(graph, Machines.AVX512, Prices.AVX512);
    long t0 = System.nanoTime();
    List<BandLayer> layers = BandLayer.of(graph);
    System.out.println(layers.size() + " layers, dense " + times.dense());
    Examples cal = images("/work/shared/images/imagenet_calibration_1000", pictures);
    Examples val = images("/work/shared/images/imagenet_validation_650", 300);
    int first = graph.outputs().getFirst().value().type().shape().dim(1) == 1001 ? 1 : 0;
    try (NDManager m = TrainingEngine.newManager(); Network net = Network.of(graph, m)) {
      Batches batches = Batches.of(cal, graph, 10), held = Batches.of(val, graph, 20);
      List<NDList> dense = answers(net, batches, LayerInput.WHOLE, m), denseHeld = answers(net, held, LayerInput.WHOLE, m);
      System.out.printf("answers %.1f s%n", (System.nanoTime() - t0) / 1e9);
      judge("dense", net, held, denseHeld, LayerInput.WHOLE, answer, first);
      BandsFile cut = new BandsFile(new LinkedHashMap<>());
      for (String ratio : a[2].split(",")) {
        t0 = System.nanoTime();
        Sensitivities s = new SensitivityMeter(net, layers, answer, batches, dense).at(cut, 1, LearningListener.silent());
        double now = Arrays.stream(s.lost()).map(x -> x * x / 2).average().getAsDouble();
        System.out.printf("sensitivities %.1f s, measured loss %.4f%n", (System.nanoTime() - t0) / 1e9, now);
        t0 = System.nanoTime();
        BandPath.Point point = new BandPath(s, cut, times).within(Double.parseDouble(ratio) * times.dense());
        System.out.printf("path %.1f s: predicted %.3f loss %.4f price %.2e layers %d %s%n", (System.nanoTime() - t0) / 1e9, point.microseconds() / times.dense(), point.loss(), point.price(), point.bands().layers().size(), point.bands().layers().entrySet().stream().map(e -> e.getKey() + " " + "%.2f".formatted(e.getValue().retained())).toList());
        cut = point.bands();
        try (BandMasks masks = BandMasks.of(graph, cut, m)) { judge("cut " + ratio, net, held, denseHeld, masks, answer, first); }
        Files.writeString(Path.of("/tmp/probe/cut" + ratio + ".bands"), cut.print());
      }
    }
  }
}

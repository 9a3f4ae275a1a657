package dev.lowpass.spark;

import com.sun.management.OperatingSystemMXBean;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.picture.PictureReader;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Prints how fast a job in {@code local[N]} scores a folder of pictures, beside N threads of a plain program that read,
 * decode and score the same ones; in turns, the first round of both not counted. {@code Throughput ARTIFACT FOLDER
 * THREADS ROUNDS}, for an artifact of one picture.
 */
final class Throughput {
  private final Path artifact;
  private final Path folder;
  private final int threads;

  private Throughput(Path artifact, Path folder, int threads) {
    this.artifact = artifact;
    this.folder = folder;
    this.threads = threads;
  }

  public static void main(String[] arguments) throws Exception {
    Throughput throughput =
        new Throughput(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    int rounds = Integer.parseInt(arguments[3]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + throughput.threads + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    double[] ratios = new double[rounds];
    double[] processorRatios = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      long before = processorNanos();
      double plain = throughput.plain();
      long between = processorNanos();
      double job = throughput.job(spark);
      double processorRatio = (double) (between - before) / (processorNanos() - between);
      System.out.printf(
          "plain %.1f pictures/s, job %.1f, ratio %.3f, of processor time %.3f%n",
          plain, job, job / plain, processorRatio);
      if (round >= 0) {
        ratios[round] = job / plain;
        processorRatios[round] = processorRatio;
      }
    }
    spark.stop();
    Arrays.sort(ratios);
    Arrays.sort(processorRatios);
    System.out.printf(
        "medians of %d: %.3f, of processor time %.3f%n", rounds, ratios[rounds / 2], processorRatios[rounds / 2]);
  }

  /** Of this process: what other processes do to the time of day, they do not do to it. */
  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private double job(SparkSession spark) throws IOException {
    long start = System.nanoTime();
    Lowpass.score(spark.read().format("binaryFile").load(folder.toString()), artifact.toString(), "content", "scores")
        .drop("content")
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return perSecond(start);
  }

  private double plain() throws Exception {
    long start = System.nanoTime();
    List<Path> files = files();
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (Model model = Model.load(artifact)) {
      Callable<Void> worker =
          () -> {
            try (Session session = model.newSession(SessionOptions.threads(1))) {
              for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                score(session, files.get(i));
              }
            }
            return null;
          };
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(workers.submit(worker));
      }
      for (Future<Void> each : running) {
        each.get();
      }
    } finally {
      workers.shutdown();
    }
    return perSecond(start);
  }

  private static void score(Session session, Path file) throws IOException {
    TensorSpec input = session.inputs().get(0);
    float[] values =
        Preprocessing.defaults()
            .input(
                PictureReader.read(file.toString(), Files.readAllBytes(file)),
                input.shape().get(2).intValue(),
                input.shape().get(3).intValue());
    session.input(input.name()).floatBuffer().put(values);
    session.run();
    session.output(session.outputs().get(0).name()).floats();
  }

  private double perSecond(long start) throws IOException {
    return files().size() * 1e9 / (System.nanoTime() - start);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

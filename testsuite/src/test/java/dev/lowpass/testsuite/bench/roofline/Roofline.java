package dev.lowpass.testsuite.bench.roofline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.SeededTensors;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.plan.StepWork;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.runtime.Profile;
import dev.lowpass.testsuite.bench.Ceilings;
import dev.lowpass.testsuite.bench.ModelCase;
import dev.lowpass.testsuite.model.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures MobileNetV2's steps on seeded noise, and the machine, and draws {@code docs/roofline.svg}. The build does not
 * run this class: it is asked for by name ({@code -Dtest=Roofline}).
 */
class Roofline {
  /** In each, everything is measured once; the best of all rounds counts. */
  private static final int ROUNDS = 100;

  private static final int WARM_UP_ROUNDS = 3;

  /** Of the weights a round; the first bring them back. */
  private static final int READINGS = 4;

  private static final Path PICTURE = Path.of("..", "docs", "roofline.svg");

  @TempDir
  Path folder;

  @Test
  void draw() throws IOException {
    assumeTrue(ModelCase.MOBILENET_V2.isHere(), SharedFolder.ABSENT);
    Compilation compilation = ModelCase.MOBILENET_V2.compile(ModelCase.MOBILENET_V2.onnx(folder), "cpu");
    Path artifact = folder.resolve("model.lowpass");
    compilation.writeTo(artifact);
    List<Step> steps = compilation.plan().steps();
    double[] microseconds = new double[steps.size()];
    Arrays.fill(microseconds, Double.MAX_VALUE);
    Roofs roofs = new Roofs(0, 0, 0, compilation.memory().parameterBytes());
    CpuTarget target = CpuTarget.ofThisMachine();
    try (LowpassEngine engine = LowpassEngine.load("lowpass", artifact, 1);
        Ceilings memory = new Ceilings(target, beyondCaches());
        Ceilings weights = new Ceilings(target, roofs.weights())) {
      engine.bound(SeededTensors.of(engine.inputs()));
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        List<Profile.Step> profile = engine.profile(1).steps();
        for (int step = 0; step < steps.size(); step++) {
          microseconds[step] = Math.min(microseconds[step], profile.get(step).microseconds());
        }
        double far = memory.gigabytes();
        for (int reading = 0; reading < READINGS; reading++) {
          roofs = roofs.best(new Roofs(weights.gigaflops(), far, weights.gigabytes(), roofs.weights()));
        }
      }
    }
    List<RooflinePoint> points = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      points.add(
          new RooflinePoint(i + 1, step.name(), RooflinePoint.Kind.of(step), StepWork.of(step), microseconds[i]));
    }
    print(points, roofs);
    Files.writeString(PICTURE, new RooflinePicture(points, roofs).svg());
  }

  private static void print(List<RooflinePoint> points, Roofs roofs) {
    System.out.printf(
        "peak %.0f GFLOP/s; memory %.1f GB/s; %.1f MB again and again %.1f GB/s%n",
        roofs.peak(), roofs.memory(), roofs.weights() / 1e6, roofs.again());
    System.out.printf("%3s %-44s %8s %10s %8s %8s%n", "", "step", "us", "FLOP/byte", "GFLOP/s", "of roof");
    for (RooflinePoint point : points) {
      double intensity = point.work().intensity();
      System.out.printf(
          "%3d %-44s %8.1f %10.1f %8.1f %8.2f%n",
          point.number(),
          point.name(),
          point.microseconds(),
          intensity,
          point.gigaflops(),
          point.gigaflops() / roofs.attainable(intensity));
    }
  }

  /** Twice the last cache, as far as Linux tells; at most 1 GiB. */
  private static long beyondCaches() throws IOException {
    Path size = Path.of("/sys/devices/system/cpu/cpu0/cache/index3/size");
    long kilobytes = Files.exists(size) ? Long.parseLong(Files.readString(size).strip().replace("K", "")) : 64 << 10;
    return Math.min(1L << 30, 2 * kilobytes << 10);
  }
}

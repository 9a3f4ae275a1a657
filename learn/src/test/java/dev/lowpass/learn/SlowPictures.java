package dev.lowpass.learn;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A small classifier, and pictures that are slow waves with a little noise. */
final class SlowPictures {
  static final Graph GRAPH =
      IrText.parse(
          """
          graph @small(%x: f32[1, 8, 12, 12]) -> (y = %y) {
            %w1 = constant f32[64, 8] random(seed = 1)
            %p1 = pointwise %x, %w1 : f32[1, 64, 12, 12] loc("expand")
            %r1 = relu %p1
            %w2 = constant f32[32, 64] random(seed = 2)
            %p2 = pointwise %r1, %w2 : f32[1, 32, 12, 12] loc("project")
            %r2 = relu %p2
            %g = global_average_pool %r2
            %w3 = constant f32[10, 32] random(seed = 3)
            %c = pointwise %g, %w3 : f32[1, 10, 1, 1] loc("classify")
            %y = reshape %c {shape = [1, 10]}
          }
          """,
          "small.ir");

  private static final int SIDE = 12;

  private SlowPictures() {}

  static Pictures pictures(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] pictures = new float[count][8 * SIDE * SIDE];
    for (float[] picture : pictures) {
      for (int c = 0; c < 8; c++) {
        double down = random.nextDouble(0.3);
        double right = random.nextDouble(0.3);
        double amount = 3 * random.nextDouble();
        for (int i = 0; i < SIDE * SIDE; i++) {
          double wave = amount * Math.cos(down * (i / SIDE) + right * (i % SIDE));
          picture[c * SIDE * SIDE + i] = (float) (wave + 0.02 * random.nextGaussian());
        }
      }
    }
    int[] labels = new int[count];
    Arrays.fill(labels, -1);
    return new Pictures(pictures, labels);
  }
}

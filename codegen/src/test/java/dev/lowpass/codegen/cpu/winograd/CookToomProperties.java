package dev.lowpass.codegen.cpu.winograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.codegen.cpu.kernel.product.Panels;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Products of transformed tiles are convolutions. */
class CookToomProperties {
  private static final double ROUNDING = 1e-12;

  /** As vectors of samples and of weights are transformed, in float64. */
  @Property
  void tilesAreConvolutions(@ForAll TileForm form, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] samples = random(random, form.extent());
    double[][] taps = random(random, TileForm.TAPS);
    CookToom matrices = form.matrices();
    double[][] transformed = both(matrices.input(), samples);
    double[][] weights = both(matrices.taps(), taps);
    double[][] products = new double[form.extent()][form.extent()];
    for (int i = 0; i < form.extent(); i++) {
      for (int j = 0; j < form.extent(); j++) {
        products[i][j] = transformed[i][j] * weights[i][j];
      }
    }
    double[][] outputs = both(matrices.output(), products);
    for (int y = 0; y < form.outputs(); y++) {
      for (int x = 0; x < form.outputs(); x++) {
        assertThat(outputs[y][x]).isCloseTo(direct(samples, taps, y, x), within(ROUNDING));
      }
    }
  }

  /** Samples are multiplied by what a float32 holds: rounding is that of sums alone. */
  @Property
  void factorsOfSamplesAreExact(@ForAll TileForm form) {
    for (double[][] matrix : new double[][][] {form.matrices().input(), form.matrices().output()}) {
      for (double[] row : matrix) {
        for (double factor : row) {
          assertThat((double) (float) factor).isEqualTo(factor);
        }
      }
    }
  }

  @Property
  void weightsLieAsProductsReadThem(@ForAll TileForm form, @ForAll long seed) {
    Panels panels = new Panels(40, 3, 2, false);
    Random random = new Random(seed);
    float[] weight = new float[40 * 3 * 9];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = random.nextFloat();
    }
    float[] packed = TransformedWeights.pack(weight, panels, form);
    int output = random.nextInt(40);
    int channel = random.nextInt(3);
    double[][] taps = new double[3][3];
    for (int tap = 0; tap < 9; tap++) {
      taps[tap / 3][tap % 3] = weight[(output * 3 + channel) * 9 + tap];
    }
    double[][] expected = both(form.matrices().taps(), taps);
    int first = output / 32 * 32;
    int width = first == 0 ? 32 : 16;
    for (int position = 0; position < form.positions(); position++) {
      int at = first * 3 * form.positions() + (position * 3 + channel) * width + output - first;
      double wanted = expected[position / form.extent()][position % form.extent()];
      assertThat((double) packed[at]).isCloseTo(wanted, within(1e-6));
    }
  }

  /** F(2, 3) as it is printed everywhere (arXiv:1509.09308), but for signs. */
  @Example
  void ofTwoOutputs() {
    CookToom matrices = TileForm.TWO.matrices();
    assertThat(matrices.output()).isDeepEqualTo(new double[][] {{1, 1, 1, 0}, {0, 1, -1, 1}});
    assertThat(matrices.taps()).isDeepEqualTo(new double[][] {{-1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}});
  }

  private static double[][] random(Random random, int extent) {
    double[][] values = new double[extent][extent];
    for (double[] row : values) {
      for (int i = 0; i < extent; i++) {
        row[i] = random.nextDouble(-1, 1);
      }
    }
    return values;
  }

  private static double direct(double[][] samples, double[][] taps, int y, int x) {
    double sum = 0;
    for (int i = 0; i < TileForm.TAPS; i++) {
      for (int j = 0; j < TileForm.TAPS; j++) {
        sum += samples[y + i][x + j] * taps[i][j];
      }
    }
    return sum;
  }

  /** M v M^T. */
  private static double[][] both(double[][] matrix, double[][] values) {
    double[][] result = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        for (int k = 0; k < values.length; k++) {
          for (int l = 0; l < values.length; l++) {
            result[i][j] += matrix[i][k] * values[k][l] * matrix[j][l];
          }
        }
      }
    }
    return result;
  }
}

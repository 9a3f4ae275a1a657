package dev.lowpass.passes.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineModelTest {
  private static final MachineModel MODEL = MachineModel.AVX512_CORE;

  /** Speed-ups of inverted residual blocks that a prototype measured on one thread, where memory does not dominate. */
  @ParameterizedTest
  @CsvSource({
    "28, 32, 0.75, 0.95", "28, 32, 0.5, 1.16", "28, 32, 0.35, 1.38",
    "14, 64, 0.75, 1.07", "14, 64, 0.5, 1.42", "14, 64, 0.35, 1.77",
    "14, 96, 0.75, 1.15", "14, 96, 0.5, 1.56", "14, 96, 0.35, 2.00",
    "7, 160, 0.75, 1.13", "7, 160, 0.5, 1.54", "7, 160, 0.35, 1.99"
  })
  void predictsThePrototypesSpeedUps(int side, int channels, double retained, double measured) {
    int expanded = 6 * channels;
    Shape wide = Shape.of(1, expanded, side, side);
    Product expand = new Product(1, channels, expanded, side, side);
    Product project = new Product(1, expanded, channels, side, side);
    BandLimit wideKeep = bands(expanded, retained);
    // The depthwise part and its two clips take 13 vector operations a pixel of 16 channels in either form.
    double depthwise = 13 * wide.elements() / 16.0 / MODEL.vectorOperations();
    double dense = MODEL.dense(expand) + depthwise + MODEL.dense(project);
    BandLimit narrowKeep = bands(channels, retained);
    double lowpassed =
        MODEL.banded(expand, narrowKeep)
            + MODEL.inverse(wide, wideKeep.withKeep(Bands.full(expanded, narrowKeep.keep().longest())))
            + depthwise
            + MODEL.forward(wide, wideKeep)
            + MODEL.banded(project, wideKeep);
    assertThat(dense / lowpassed).isCloseTo(measured, Offset.offset(0.12 * measured));
  }

  /** As the prototype drew them: normal around what makes the mean right, standard deviation 12, clipped. */
  private static BandLimit bands(int channels, double retained) {
    Random random = new Random(1);
    double[] deviations = IntStream.range(0, channels).mapToDouble(c -> 12 * random.nextGaussian()).toArray();
    double mean = -50;
    while (clipped(deviations, mean).retained(49) < retained) {
      mean += 0.25;
    }
    return new BandLimit(new Block(7, 7), CoefficientOrder.ZIGZAG, clipped(deviations, mean));
  }

  private static Bands clipped(double[] deviations, double mean) {
    return new Bands(
        IntStream.range(0, deviations.length)
            .mapToObj(c -> (int) Math.round(Math.clamp(mean + deviations[c], 0, 49)))
            .toList());
  }
}

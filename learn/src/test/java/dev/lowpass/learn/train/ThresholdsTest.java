package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Drawn;
import dev.lowpass.learn.Slopes;
import dev.lowpass.learn.network.BandMasks;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdsTest {
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @one(%x: f32[1, 3, 4, 6]) -> (y = %y) {
            %w = constant f32[2, 3] random(seed = 1)
            %y = pointwise %x, %w : f32[1, 2, 4, 6] loc("mix")
          }
          """,
          "one.ir");

  /** Of a single block of 4x6. */
  private static final BandLayer LAYER = BandLayer.of(GRAPH).getFirst();

  private static final int CHANNELS = 3;
  private static final int COEFFICIENTS = 24;
  private static final BandsFile NONE = new BandsFile(new LinkedHashMap<>());

  private NDManager manager;
  private Thresholds thresholds;
  private NDArray array;

  @BeforeEach
  @BeforeProperty
  void open() {
    manager = TrainingEngine.newManager();
    thresholds = Thresholds.of(List.of(LAYER), NONE, manager);
    array = thresholds.arrays().get("y");
  }

  @AfterEach
  @AfterProperty
  void close() {
    thresholds.close();
    manager.close();
  }

  private NDArray input(long seed) {
    return manager.create(Drawn.floats(2 * CHANNELS * COEFFICIENTS, seed), new Shape(2, CHANNELS, 4, 6));
  }

  private static BandsFile keeping(int... keep) {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    limits.put("mix", LAYER.limit(keep));
    return new BandsFile(limits);
  }

  private List<Integer> kept() {
    return thresholds.rounded().of("mix").orElseGet(LAYER::full).keep().keep();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 4})
  void gradientsAreDifferences(double softness) {
    thresholds.soften(softness);
    NDArray input = input(1);
    float[] direction = Drawn.floats(2 * CHANNELS * COEFFICIENTS, 2);
    float[] start = {0.2f, 7.6f, 23.1f};
    array.set(start);
    float[] gradient =
        Slopes.gradient(
            array,
            () -> {
              NDArray read = thresholds.of(LAYER.node(), input);
              return read.mul(manager.create(direction, read.getShape())).sum();
            });
    double[] expected =
        Slopes.differences(
            start,
            1 / 32f,
            changed -> {
              array.set(changed);
              float[] read = thresholds.of(LAYER.node(), input).toFloatArray();
              double sum = 0;
              for (int i = 0; i < read.length; i++) {
                sum += (double) direction[i] * read[i];
              }
              return sum;
            });
    Slopes.assertAlike(gradient, expected, 5e-3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1234.5678, 3e6})
  void aPriceIsWhatItIsSaidToBe(double microseconds) {
    array.set(new float[] {0.2f, 7.6f, 23.1f});
    NDArray price = thresholds.price(manager, microseconds, new double[] {0.37});
    assertThat(price.getFloat()).isEqualTo((float) microseconds);
  }

  @Test
  void aPriceRisesWithTheSoftNumberOfCoefficients() {
    double softness = 0.8;
    double slope = 0.37;
    thresholds.soften(softness);
    float[] start = {0.2f, 7.6f, 23.1f};
    array.set(start);
    float[] gradient = Slopes.gradient(array, () -> thresholds.price(manager, 50, new double[] {slope}));
    double[] expected =
        Slopes.differences(
            start,
            1e-3f,
            changed -> {
              double count = 0;
              for (float threshold : changed) {
                for (int j = 0; j < COEFFICIENTS; j++) {
                  count += 1 / (1 + Math.exp(-(threshold - j - 0.5) / softness));
                }
              }
              return slope * count;
            });
    Slopes.assertAlike(gradient, expected, 1e-4);
  }

  /** The transform is orthonormal: what is dropped is what the layer's input differs by. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whereAThresholdRisesNoMoreEnergyIsDropped(
      @ForAll @FloatRange(min = -2, max = 26) float threshold,
      @ForAll @FloatRange(min = 0, max = 10) float raised,
      @ForAll @FloatRange(min = 0.05f, max = 8) float softness,
      @ForAll @IntRange(min = 0, max = CHANNELS - 1) int channel,
      @ForAll long seed) {
    thresholds.soften(softness);
    float[] values = {5, 9, 13};
    values[channel] = threshold;
    double before = dropped(values, seed);
    values[channel] += raised;
    double energy = input(seed).square().sum().getFloat();
    assertThat(dropped(values, seed)).isLessThanOrEqualTo(before + 1e-6 * energy);
  }

  private double dropped(float[] values, long seed) {
    array.set(values);
    NDArray input = input(seed);
    return input.sub(thresholds.of(LAYER.node(), input)).square().sum().getFloat();
  }

  @Test
  void hardMasksAreTheBandsThatTheyStandFor() {
    BandsFile bands = keeping(0, 7, 23);
    NDArray input = input(3);
    try (Thresholds start = Thresholds.of(List.of(LAYER), bands, manager);
        BandMasks masks = BandMasks.of(GRAPH, bands, manager)) {
      start.soften(0.05);
      float[] expected = masks.of(LAYER.node(), input).toFloatArray();
      // Half a coefficient from its edge a mask of this softness is off by e^-10.
      assertThat(start.of(LAYER.node(), input).toFloatArray())
          .usingComparatorWithPrecision(5e-4f)
          .containsExactly(expected);
      assertThat(start.rounded()).isEqualTo(bands);
    }
  }

  @Test
  void otherLayersReadEverything() {
    Graph other =
        IrText.parse(
            """
            graph @other(%x: f32[1, 3, 4, 6]) -> (y = %z) {
              %w = constant f32[2, 3] random(seed = 1)
              %z = pointwise %x, %w
            }
            """,
            "other.ir");
    NDArray input = input(3);
    assertThat(thresholds.of(BandLayer.of(other).getFirst().node(), input)).isSameAs(input);
  }

  @Test
  void roundedThresholdsAreWithinTheBlock() {
    array.set(new float[] {-0.4f, 6.5f, 24.4f});
    assertThat(kept()).containsExactly(0, 7, 24);
    array.set(new float[] {24, 23.5f, 30});
    assertThat(thresholds.rounded()).as("a layer that keeps everything is not named").isEqualTo(NONE);
  }

  @Test
  void thresholdsStayWhereTheyMeanSomething() {
    thresholds.soften(1.5);
    array.set(new float[] {-3, 6.5f, 40});
    thresholds.bound();
    assertThat(array.toFloatArray()).containsExactly(0, 6.5f, 25.5f);
  }

  @Test
  void whatIsEnoughIsRoundedOnly() {
    array.set(new float[] {3.2f, 6.5f, 23.6f});
    thresholds.settle(_ -> true);
    assertThat(array.toFloatArray()).containsExactly(3, 7, 24);
  }

  @Test
  void whatIsNeverEnoughKeepsNothing() {
    array.set(new float[] {3.2f, 6.5f, 23.6f});
    thresholds.settle(_ -> false);
    assertThat(array.toFloatArray()).containsExactly(0, 0, 0);
  }

  /** Thresholds are lowered together, by the least amount that does, to a sixty-fourth of a coefficient. */
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void thresholdsAreLoweredAsLittleAsIsNeeded(@ForAll @IntRange(max = 72) int most, @ForAll long seed) {
    float[] values = Drawn.floats(CHANNELS, seed);
    for (int c = 0; c < CHANNELS; c++) {
      values[c] = 12 + 12 * values[c];
    }
    Predicate<BandsFile> enough =
        bands ->
            bands.of("mix").orElseGet(LAYER::full).keep().keep().stream().mapToInt(Integer::intValue).sum() <= most;
    array.set(values);
    thresholds.settle(enough);
    float[] settled = array.toFloatArray();
    assertThat(enough.test(keeping(kept().stream().mapToInt(Integer::intValue).toArray()))).isTrue();
    double least = 0;
    while (sum(lowered(values, least)) > most) {
      least += 1 / 1024.0;
    }
    float[][] allowed = new float[34][];
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] = lowered(values, Math.max(least + (i - 1) / 1024.0, 0));
    }
    assertThat(Arrays.asList(allowed)).anySatisfy(each -> assertThat(settled).containsExactly(each));
  }

  private static float[] lowered(float[] values, double amount) {
    float[] lowered = new float[values.length];
    for (int c = 0; c < lowered.length; c++) {
      lowered[c] = Math.clamp(Math.round(values[c] - (float) amount), 0, COEFFICIENTS);
    }
    return lowered;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}

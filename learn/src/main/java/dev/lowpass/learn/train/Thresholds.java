package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.learn.network.Contents;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.MapTransform;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * One threshold a channel of each layer, which can be learnt: coefficient j of channel c counts by the part {@code
 * sigmoid((t[c] - j - 1/2) / softness)}. As softness falls the mask becomes the one of a band that keeps t[c], rounded.
 *
 * <p>Closing it frees its arrays.
 */
public final class Thresholds implements LayerInput, AutoCloseable {
  /** Steps of a search for thresholds that are low enough, in coefficients. */
  private static final double LEAST_STEP = 1.0 / 64;

  /** @param places [1, 1, S], where each coefficient has its middle */
  private record Learnt(BandLayer layer, MapTransform transform, NDArray thresholds, NDArray places) {}

  private final NDManager manager;
  private final SequencedMap<String, Learnt> learnt = new LinkedHashMap<>();
  private double softness = 1;

  private Thresholds(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Thresholds for {@code layers}.
   *
   * @param start what the layers keep at first; everything where it does not name them
   */
  public static Thresholds of(List<BandLayer> layers, BandsFile start, NDManager parent) {
    Thresholds all = new Thresholds(parent.newSubManager());
    layers.forEach(layer -> all.learnt.put(layer.node().name(), all.learnt(layer, start)));
    return all;
  }

  private Learnt learnt(BandLayer layer, BandsFile start) {
    dev.lowpass.ir.Shape map = layer.node().operand(0).type().shape();
    MapTransform transform = MapTransform.of(manager, layer.block(), layer.order(), map.dim(2), map.dim(3));
    List<Integer> keep = start.of(layer.name()).orElseGet(layer::full).keep().keep();
    float[] values = new float[keep.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = keep.get(c);
    }
    float[] places = new float[layer.coefficients()];
    for (int j = 0; j < places.length; j++) {
      places[j] = j + 0.5f;
    }
    return new Learnt(
        layer,
        transform,
        manager.create(values, new Shape(values.length)),
        manager.create(places, new Shape(1, 1, places.length)));
  }

  /** The arrays [C] that a training changes, by the names of layers' values. */
  public SequencedMap<String, NDArray> arrays() {
    SequencedMap<String, NDArray> arrays = new LinkedHashMap<>();
    learnt.forEach((name, each) -> arrays.put(name, each.thresholds()));
    return arrays;
  }

  /** Coefficients over which a mask falls from most to little. */
  public void soften(double coefficients) {
    softness = coefficients;
  }

  /** Lets the arrays of the next computation belong to {@code step}. */
  void attach(NDManager step) {
    for (Learnt each : learnt.values()) {
      each.thresholds().tempAttach(step);
      each.places().tempAttach(step);
    }
  }

  @Override
  public NDArray of(Node layer, NDArray input) {
    Learnt each = learnt.get(layer.name());
    if (each == null) {
      return input;
    }
    return each.transform().inverse(each.transform().forward(input).mul(mask(each)));
  }

  /** [C, 1, S]. */
  private NDArray mask(Learnt each) {
    NDArray thresholds = each.thresholds().reshape(-1, 1, 1);
    return Activation.sigmoid(thresholds.sub(each.places()).div((float) softness));
  }

  /**
   * What the retained coefficients cost, as something that can be differentiated: its value is {@code microseconds},
   * its slope that of the soft number of coefficients at their prices.
   *
   * @param slopes microseconds of one coefficient of a channel, in the order of layers
   */
  NDArray price(NDManager step, double microseconds, double[] slopes) {
    NDArray price = step.create((float) microseconds);
    int l = 0;
    for (Learnt each : learnt.values()) {
      NDArray kept = mask(each).sum().mul((float) slopes[l++]);
      price = price.add(kept.sub(kept.stopGradient()));
    }
    return price;
  }

  /** Keeps thresholds where they still mean something. */
  void bound() {
    for (Learnt each : learnt.values()) {
      float most = each.layer().coefficients() + (float) softness;
      float[] values = each.thresholds().toFloatArray();
      for (int c = 0; c < values.length; c++) {
        values[c] = Math.clamp(values[c], 0, most);
      }
      Contents.replace(each.thresholds(), values);
    }
  }

  /**
   * Rounds thresholds. Where the bands are not {@code enough} then, all are lowered by as little as makes them so.
   */
  void settle(Predicate<BandsFile> enough) {
    double low = 0;
    double high = 0;
    while (!enough.test(rounded(high)) && high < Block.MAX_SIDE * Block.MAX_SIDE) {
      low = high;
      high = high == 0 ? LEAST_STEP : 2 * high;
    }
    while (high - low > LEAST_STEP) {
      double middle = (low + high) / 2;
      if (enough.test(rounded(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    keep(rounded(high));
  }

  /** Sets thresholds to those of {@code bands}; layers that it does not name keep everything. */
  void keep(BandsFile bands) {
    for (Learnt each : learnt.values()) {
      List<Integer> keep = bands.of(each.layer().name()).orElseGet(each.layer()::full).keep().keep();
      float[] values = new float[keep.size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = keep.get(c);
      }
      Contents.replace(each.thresholds(), values);
    }
  }

  /** The bands with thresholds rounded; layers that keep everything are left out. */
  public BandsFile rounded() {
    return rounded(0);
  }

  private BandsFile rounded(double lowered) {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (Learnt each : learnt.values()) {
      BandLimit limit = each.layer().limit(keep(each, lowered));
      if (!limit.equals(each.layer().full())) {
        limits.put(each.layer().name(), limit);
      }
    }
    return new BandsFile(limits);
  }

  private static int[] keep(Learnt each, double lowered) {
    float[] values = each.thresholds().toFloatArray();
    int[] keep = new int[values.length];
    for (int c = 0; c < keep.length; c++) {
      keep[c] = Math.clamp(Math.round(values[c] - (float) lowered), 0, each.layer().coefficients());
    }
    return keep;
  }

  @Override
  public void close() {
    manager.close();
  }
}

package dev.lowpass.ir.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ways of ONNX's Resize: where each output lies between the inputs ({@link SamplePlaces}), and how inputs beside it
 * make one number. Places are computed in single precision, as runtimes do, since what is nearest may hang on the last
 * bit.
 *
 * @param rounding which input is nearest; others than nearest ignore it
 * @param cubic the coefficient a of Keys (1981); others than cubic ignore it
 * @param antialias whether the kernel is as wide as outputs are apart, where the axis becomes shorter
 * @param excludeOutside whether inputs beyond the border do not count at all; else they are what is at the border
 */
public record Interpolation(
    Kernel kernel,
    SamplePlaces places,
    NearestRounding rounding,
    float cubic,
    boolean antialias,
    boolean excludeOutside)
    implements Resampler {
  /** How inputs are joined. */
  public enum Kernel {
    NEAREST,
    LINEAR,
    CUBIC;

    static Kernel parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Interpolation parse(Attributes attributes) {
    return new Interpolation(
        attributes.word("kernel", Kernel::parse, "nearest, linear or cubic"),
        SamplePlaces.parse(attributes),
        attributes.word("rounding", NearestRounding::parse, "the way to round to the nearest"),
        (float) attributes.real("cubic"),
        attributes.flag("antialias", false),
        attributes.flag("exclude_outside", false));
  }

  @Override
  public Attributes attributes() {
    return places
        .addTo(Attributes.none().with("kernel", new Attributes.Word(kernel.toString())))
        .with("rounding", new Attributes.Word(rounding.toString()))
        .with("cubic", (double) cubic)
        .with("antialias", antialias, false)
        .with("exclude_outside", excludeOutside, false);
  }

  @Override
  public void check(int axis, int inputs, int outputs) {
    Resampler.checkLengths(inputs, outputs);
    Resampler.checkSamples(inputs, outputs);
  }

  @Override
  public Taps taps(int axis, int inputs, int outputs) {
    check(axis, inputs, outputs);
    boolean isSame = places.isIdentity(axis, inputs, outputs);
    float scale = places.scale(axis, inputs, outputs);
    List<Taps.Sum> sums = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      float place = isSame ? i : places.of(axis, i, inputs, outputs);
      if (isSame) {
        sums.add(new Taps.Sum(i, List.of(1.0)));
      } else if (places.isOutside(place, inputs)) {
        sums.add(new Taps.Sum(0, List.of(0.0)));
      } else {
        sums.add(sum(place, scale, inputs));
      }
    }
    return new Taps(inputs, sums);
  }

  private Taps.Sum sum(float place, float scale, int inputs) {
    if (kernel == Kernel.NEAREST) {
      return new Taps.Sum(inside(rounding.of(place, scale), inputs), List.of(1.0));
    }
    double stretch = antialias ? Math.max(1, 1 / (double) scale) : 1;
    double support = (kernel == Kernel.LINEAR ? 1 : 2) * stretch;
    long first;
    long end;
    if (stretch > 1) {
      first = (long) Math.floor(place + 1 - support);
      end = (long) Math.floor(place + 1 + support);
    } else {
      first = (long) Math.floor(place) - (kernel == Kernel.LINEAR ? 0 : 1);
      end = first + (kernel == Kernel.LINEAR ? 2 : 4);
    }
    int low = inside(first, inputs);
    double[] weights = new double[inside(end - 1, inputs) - low + 1];
    double total = 0;
    for (long input = first; input < end; input++) {
      boolean counts = !excludeOutside || input >= 0 && input < inputs;
      double weight = counts ? weight((input - place) / stretch) : 0;
      total += weight;
      weights[inside(input, inputs) - low] += weight;
    }
    List<Double> scaled = new ArrayList<>();
    for (double weight : weights) {
      scaled.add((stretch > 1 || excludeOutside) && total != 0 ? weight / total : weight);
    }
    return new Taps.Sum(low, scaled);
  }

  private static int inside(long index, int inputs) {
    return (int) Math.min(Math.max(index, 0), inputs - 1);
  }

  /** Of an input at distance {@code x}. */
  private double weight(double x) {
    double t = Math.abs(x);
    if (kernel == Kernel.LINEAR) {
      return Math.max(0, 1 - t);
    }
    if (t < 1) {
      return ((cubic + 2) * t - (cubic + 3)) * t * t + 1;
    }
    return t < 2 ? cubic * (((t - 5) * t + 8) * t - 4) : 0;
  }

  @Override
  public String toString() {
    return attributes().toString();
  }
}

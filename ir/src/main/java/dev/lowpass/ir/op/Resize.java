package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Map;

/**
 * Every channel's map, or the middle of it, on another grid of samples, rows and columns by themselves. Operand: x [N,
 * C, H, W], spatial.
 *
 * @param size [height, width] of the result
 * @param crop [height, width] of the middle that is read, above and to the left of the true middle where it cannot be
 *     just there; empty for the whole map
 */
public record Resize(List<Integer> size, List<Integer> crop, Resampler filter) implements Op {
  public Resize {
    size = List.copyOf(size);
    crop = List.copyOf(crop);
    requireExtents("size", size);
    if (!crop.isEmpty()) {
      requireExtents("crop", crop);
    }
  }

  /** Of the whole map. */
  public Resize(List<Integer> size, Resampler filter) {
    this(size, List.of(), filter);
  }

  private static void requireExtents(String name, List<Integer> extents) {
    if (extents.size() != 2 || extents.stream().anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException(name + " is two numbers of 1 or more [height, width], not " + extents);
    }
  }

  static Resize parse(Attributes attributes) {
    return new Resize(
        attributes.wholes("size"),
        attributes.wholes("crop", List.of()),
        Resampler.parse(attributes));
  }

  /** The weights of columns, for a map of {@code image}. */
  public Taps vertical(Shape image) {
    return taps(image, 0);
  }

  /** The weights of rows, for a map of {@code image}. */
  public Taps horizontal(Shape image) {
    return taps(image, 1);
  }

  /** @param axis 0 along the height, 1 along the width */
  private Taps taps(Shape image, int axis) {
    return filter.taps(axis, read(image, axis), size.get(axis)).within(image.dim(2 + axis), from(image, axis));
  }

  /** The first sample of {@code image} that is read along {@code axis}: 0 is the height, 1 the width. */
  public int from(Shape image, int axis) {
    return (image.dim(2 + axis) - read(image, axis)) / 2;
  }

  /** Samples of {@code image} that are read along {@code axis}. */
  public int read(Shape image, int axis) {
    return crop.isEmpty() ? image.dim(2 + axis) : crop.get(axis);
  }

  @Override
  public String mnemonic() {
    return "resize";
  }

  @Override
  public Attributes attributes() {
    Attributes attributes = Attributes.none().with("size", size).with("crop", crop, List.of());
    for (Map.Entry<String, Attributes.Attribute> entry : filter.attributes().entries().entrySet()) {
      attributes = attributes.with(entry.getKey(), entry.getValue());
    }
    return attributes;
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatialImage(operands.get(0));
    for (int axis = 0; axis < 2; axis++) {
      int extent = input.shape().dim(2 + axis);
      int read = read(input.shape(), axis);
      if (read > extent) {
        throw new IllegalArgumentException("crop %s is larger than the map of %s".formatted(crop, input));
      }
      filter.check(axis, read, size.get(axis));
    }
    return input.withShape(input.shape().with(2, size.get(0)).with(3, size.get(1)));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.APART;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}

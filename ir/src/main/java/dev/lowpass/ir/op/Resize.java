package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * Every channel's map on another grid of samples, rows and columns by themselves. Operand: x [N, C, H, W], spatial.
 *
 * @param size [height, width] of the result
 */
public record Resize(List<Integer> size, ResizeFilter filter) implements Op {
  public Resize {
    size = List.copyOf(size);
    if (size.size() != 2 || size.stream().anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException("size is two numbers of 1 or more [height, width], not " + size);
    }
  }

  static Resize parse(Attributes attributes) {
    return new Resize(
        attributes.wholes("size"), attributes.word("filter", ResizeFilter::parse, "cubic, linear or dct"));
  }

  /** The weights of columns, for a map of {@code image}. */
  public Taps vertical(Shape image) {
    return filter.taps(image.dim(2), size.get(0));
  }

  /** The weights of rows, for a map of {@code image}. */
  public Taps horizontal(Shape image) {
    return filter.taps(image.dim(3), size.get(1));
  }

  @Override
  public String mnemonic() {
    return "resize";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("size", size).with("filter", new Attributes.Word(filter.toString()));
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatialImage(operands.get(0));
    filter.check(input.shape().dim(2), size.get(0));
    filter.check(input.shape().dim(3), size.get(1));
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

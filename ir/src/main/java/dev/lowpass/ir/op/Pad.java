package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Adds {@code value} around a tensor. {@code pads} has the amounts before every axis, then after every axis; none is
 * negative. Operand: x of any shape.
 */
public record Pad(List<Integer> pads, float value) implements Rearrangement {
  public Pad {
    pads = List.copyOf(pads);
    if (pads.size() % 2 != 0 || pads.stream().anyMatch(pad -> pad < 0)) {
      throw new IllegalArgumentException("pads are an even count of numbers of 0 or more, not " + pads);
    }
  }

  static Pad parse(Attributes attributes) {
    return new Pad(attributes.wholes("pads"), (float) attributes.real("value"));
  }

  public int before(int axis) {
    return pads.get(axis);
  }

  public int after(int axis) {
    return pads.get(axis + pads.size() / 2);
  }

  @Override
  public String mnemonic() {
    return "pad";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("pads", pads).with("value", (double) value);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatial(operands.get(0));
    if (pads.size() != 2 * input.shape().rank()) {
      throw new IllegalArgumentException(pads.size() + " pads for " + input);
    }
    if (!input.element().isFloating() && !(value == (long) value && input.element().holds((long) value))) {
      throw new IllegalArgumentException("padding of " + value + " for " + input);
    }
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < input.shape().rank(); axis++) {
      dims.add(Math.addExact(input.shape().dim(axis), Math.addExact(before(axis), after(axis))));
    }
    return input.withShape(new Shape(dims));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    boolean all = pads.size() == 8 && before(1) == 0 && after(1) == 0;
    return all ? ChannelUse.APART : ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }

  @Override
  public boolean movesNothing(TensorType input) {
    return pads.stream().allMatch(amount -> amount == 0);
  }

  /** Of two pads that write one value. */
  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    if (!(earlier instanceof Pad first) || first.value != value) {
      return Optional.empty();
    }
    List<Integer> sums = IntStream.range(0, pads.size()).mapToObj(i -> first.pads.get(i) + pads.get(i)).toList();
    return Optional.of(new Pad(sums, value));
  }
}

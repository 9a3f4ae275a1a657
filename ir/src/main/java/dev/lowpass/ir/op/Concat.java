package dev.lowpass.ir.op;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Joins tensors along one axis, counted from the front. Coefficients of one grid can be joined along channels. */
public record Concat(int axis) implements Rearrangement {
  static Concat parse(Attributes attributes) {
    return new Concat(attributes.whole("axis"));
  }

  @Override
  public String mnemonic() {
    return "concat";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", (long) axis);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, Integer.MAX_VALUE);
    TensorType first = operands.get(0);
    if (axis < 0 || axis >= first.shape().rank()) {
      throw new IllegalArgumentException("axis " + axis + " of " + first);
    }
    int extent = 0;
    List<Integer> keep = new ArrayList<>();
    for (TensorType operand : operands) {
      boolean fits =
          operand.element() == first.element()
              && operand.shape().rank() == first.shape().rank()
              && operand.shape().with(axis, 0).equals(first.shape().with(axis, 0))
              && operand.isSpatial() == first.isSpatial()
              && (first.isSpatial() || axis == 1 && operand.frequency().sameGrid(first.frequency()));
      if (!fits) {
        throw new IllegalArgumentException("cannot join " + first + " and " + operand + " along axis " + axis);
      }
      extent = Math.addExact(extent, operand.shape().dim(axis));
      if (!operand.isSpatial()) {
        keep.addAll(operand.frequency().bands().keep());
      }
    }
    Domain domain = first.isSpatial() ? Domain.SPATIAL : first.frequency().withBands(new Bands(keep));
    return new TensorType(first.element(), first.shape().with(axis, extent), domain);
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    boolean channels = axis == 1 && operands.stream().allMatch(operand -> operand.shape().rank() == 4);
    return channels
        ? new CoefficientUse.Commutes(IntStream.range(0, operands.size()).boxed().toList())
        : CoefficientUse.NONE;
  }

  @Override
  public boolean movesNothing(TensorType input) {
    return true;
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return Optional.empty();
  }
}

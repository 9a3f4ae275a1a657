package dev.lowpass.ir.op;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Takes elements start, start + step, … along every axis: {@code extents[axis]} of them. Split is several slices.
 * Operand: x of any shape. On coefficients only channels can be sliced, with step 1.
 */
public record Slice(List<Integer> starts, List<Integer> extents, List<Integer> steps)
    implements Rearrangement {
  public Slice {
    starts = List.copyOf(starts);
    extents = List.copyOf(extents);
    steps = List.copyOf(steps);
    if (starts.size() != extents.size() || starts.size() != steps.size()) {
      throw new IllegalArgumentException("starts " + starts + ", extents " + extents + " and steps " + steps);
    }
  }

  /** Elements {@code start} to {@code start + extent} of one axis of {@code shape}, all of the others. */
  public static Slice along(Shape shape, int axis, int start, int extent) {
    List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
    starts.set(axis, start);
    return new Slice(starts, shape.with(axis, extent).dims(), Collections.nCopies(shape.rank(), 1));
  }

  static Slice parse(Attributes attributes) {
    List<Integer> extents = attributes.wholes("extents");
    return new Slice(
        attributes.wholes("starts"), extents, attributes.wholes("steps", Collections.nCopies(extents.size(), 1)));
  }

  @Override
  public String mnemonic() {
    return "slice";
  }

  @Override
  public Attributes attributes() {
    Attributes attributes = Attributes.none().with("starts", starts).with("extents", extents);
    return attributes.with("steps", steps, Collections.nCopies(steps.size(), 1));
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = operands.get(0);
    if (input.shape().rank() != starts.size()) {
      throw new IllegalArgumentException(starts.size() + " axes for " + input);
    }
    for (int axis = 0; axis < starts.size(); axis++) {
      long last = starts.get(axis) + (long) (extents.get(axis) - 1) * steps.get(axis);
      int extent = input.shape().dim(axis);
      boolean inside = starts.get(axis) >= 0 && starts.get(axis) < extent && last >= 0 && last < extent;
      if (extents.get(axis) < 0 || extents.get(axis) > 0 && !inside) {
        throw new IllegalArgumentException(
            "elements %d to %d of axis %d of %s".formatted(starts.get(axis), last, axis, input));
      }
    }
    Shape shape = new Shape(extents);
    if (input.isSpatial()) {
      return input.withShape(shape);
    }
    if (!takesChannelsOnly(input.shape())) {
      throw new IllegalArgumentException("coefficients can be sliced along channels only, not " + this);
    }
    Domain.Frequency frequency = input.frequency();
    return new TensorType(
        input.element(),
        shape,
        frequency.withBands(frequency.bands().slice(starts.get(1), starts.get(1) + extents.get(1))));
  }

  private boolean takesChannelsOnly(Shape shape) {
    return steps.stream().allMatch(step -> step == 1) && shape.with(1, extents.get(1)).dims().equals(extents);
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    boolean all =
        starts.size() == 4 && steps.get(1) == 1 && extents.get(1).equals(operands.get(0).shape().dim(1));
    return all ? ChannelUse.COUNTED : ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    boolean channels = starts.size() == 4 && takesChannelsOnly(operands.get(0).shape());
    return channels ? new CoefficientUse.Commutes(List.of(0)) : CoefficientUse.NONE;
  }

  @Override
  public boolean movesNothing(TensorType input) {
    return extents.equals(input.shape().dims()) && starts.stream().allMatch(start -> start == 0);
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return Optional.empty();
  }
}

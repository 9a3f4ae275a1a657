package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reorders axes: axis i of the result is axis {@code permutation[i]} of the operand. */
public record Transpose(List<Integer> permutation) implements Rearrangement {
  public Transpose {
    permutation = List.copyOf(permutation);
    List<Integer> sorted = permutation.stream().sorted().toList();
    if (!sorted.equals(IntStream.range(0, permutation.size()).boxed().toList())) {
      throw new IllegalArgumentException(permutation + " is not a permutation");
    }
  }

  static Transpose parse(Attributes attributes) {
    return new Transpose(attributes.wholes("permutation"));
  }

  @Override
  public String mnemonic() {
    return "transpose";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("permutation", permutation);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatial(operands.get(0));
    if (input.shape().rank() != permutation.size()) {
      throw new IllegalArgumentException("permutation " + permutation + " of " + input);
    }
    return input.withShape(new Shape(permutation.stream().map(axis -> input.shape().dim(axis)).toList()));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }

  @Override
  public boolean movesNothing(TensorType input) {
    return permutation.equals(permutation.stream().sorted().toList());
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return earlier instanceof Transpose first
        ? Optional.of(new Transpose(permutation.stream().map(first.permutation::get).toList()))
        : Optional.empty();
  }
}

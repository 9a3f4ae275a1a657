package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** Reorders axes: axis i of the result is axis {@code permutation[i]} of the operand. */
public record Transpose(List<Integer> permutation) implements Op {
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
}

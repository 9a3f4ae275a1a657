package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.AlongAxis;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Select;
import java.util.List;

/** The operators that no pass looks into. */
final class General {
  private General() {}

  static Numbers evaluate(Opaque op, List<Numbers> operands, TensorType type) {
    return switch (op) {
      case Cast _ -> Arithmetic.cast(operands.getFirst(), type);
      case Correlation correlation -> Convolutions.convolution(correlation.convolution(), operands, type);
      case MaxPoolIndices pool -> Pools.indices(pool, operands.getFirst(), type);
      case AlongAxis along -> Runs.evaluate(along, operands.getFirst(), type);
      case Reduce reduce -> Reductions.reduce(reduce, operands.getFirst(), type);
      case Select _ -> Arithmetic.select(operands, type);
    };
  }
}

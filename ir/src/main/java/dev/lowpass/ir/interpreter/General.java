package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.AlongAxis;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.IsNan;
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
      case Bitwise(Bitwise.Kind kind) -> TruthValues.bitwise(kind, operands.get(0), operands.get(1), type);
      case Comparison(Comparison.Kind kind) ->
          TruthValues.compared(kind, operands.get(0), operands.get(1), type);
      case IsNan _ -> TruthValues.isNan(operands.getFirst(), type);
      case Cast _ -> Arithmetic.cast(operands.getFirst(), type);
      case Correlation correlation -> Convolutions.convolution(correlation.convolution(), operands, type);
      case MaxPoolIndices pool -> Pools.indices(pool, operands.getFirst(), type);
      case AlongAxis along -> Runs.evaluate(along, operands.getFirst(), type);
      case Indexed indexed -> Indexing.evaluate(indexed, operands, type);
      case Reduce reduce -> Reductions.reduce(reduce, operands.getFirst(), type);
      case Select _ -> Arithmetic.select(operands, type);
    };
  }
}

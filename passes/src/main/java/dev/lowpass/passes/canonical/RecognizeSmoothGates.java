package dev.lowpass.passes.canonical;

import static dev.lowpass.passes.canonical.ClampedLine.near;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Sigmoid;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Optional;

/**
 * Finds swish and gelu, products of x with a smooth gate of x: a function of one operand is computed with the layer that
 * makes it.
 *
 * <pre>
 * %g = sigmoid %x                                 =>   %y = swish %x
 * %y = mul %x, %g
 *
 * %a = div %x, %root                              ; 1.41421354
 * %b = erf %a
 * %c = add %b, %one                               =>   %y = gelu %x
 * %d = mul %x, %c
 * %y = mul %d, %half
 * </pre>
 *
 * Factors may stand anywhere in the product; constants are compared to 1e-6, because models hold them rounded. Does not
 * fire when the gate is of another value than x, as in squeeze-excite, or when its input is scaled in another way.
 */
public record RecognizeSmoothGates() implements NodePass {
  @Override
  public String name() {
    return "recognize-smooth-gates";
  }

  @Override
  public String summary() {
    return "finds swish and gelu in their decompositions";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    for (ClampedLine scaled : ClampedLine.endingAt(node.result(), index)) {
      Optional<Node> product = index.producer(scaled.source()).filter(RecognizeSmoothGates::isProduct);
      if (product.isEmpty() || !isMultiple(scaled)) {
        continue;
      }
      for (int i = 0; i < 2; i++) {
        Optional<Rewrite> found =
            gated(node, product.get().operand(i), product.get().operand(1 - i), scaled.slope(), index);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return Rewrite.none();
  }

  private static boolean isProduct(Node node) {
    return node.op() instanceof Binary binary
        && binary.kind() == Binary.Kind.MUL
        && node.operand(0).type().equals(node.operand(1).type());
  }

  private static boolean isMultiple(ClampedLine line) {
    return line.offset() == 0 && line.isUnbounded();
  }

  private static Optional<Rewrite> gated(Node node, Value factor, Value gate, double multiple, GraphIndex index) {
    for (ClampedLine x : ClampedLine.endingAt(factor, index)) {
      for (ClampedLine line : ClampedLine.endingAt(gate, index)) {
        Optional<Node> source = index.producer(line.source()).filter(_ -> isMultiple(x) && line.isUnbounded());
        Optional<Op> function =
            source.flatMap(made -> function(made, line.times(multiple * x.slope()), x.source(), index));
        if (function.isPresent()) {
          Node found = Node.of(node.name(), function.get(), List.of(x.source()), node.location());
          return Optional.of(Rewrite.redefine(List.of(found)));
        }
      }
    }
    return Optional.empty();
  }

  /** What x times {@code line} of the function {@code gate} is. */
  private static Optional<Op> function(Node gate, ClampedLine line, Value x, GraphIndex index) {
    if (gate.op() instanceof Sigmoid) {
      boolean swish = near(line.slope(), 1) && near(line.offset(), 0) && isOf(gate.operand(0), 1, x, index);
      return swish ? Optional.of(new MathFunction(MathFunction.Kind.SWISH)) : Optional.empty();
    }
    if (gate.op() instanceof MathFunction(MathFunction.Kind kind) && kind == MathFunction.Kind.ERF) {
      boolean gelu =
          near(line.slope(), 0.5) && near(line.offset(), 0.5) && isOf(gate.operand(0), Math.sqrt(0.5), x, index);
      return gelu ? Optional.of(new MathFunction(MathFunction.Kind.GELU)) : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether {@code value} is {@code slope} times {@code x}. */
  private static boolean isOf(Value value, double slope, Value x, GraphIndex index) {
    return ClampedLine.endingAt(value, index).stream()
        .anyMatch(line -> isMultiple(line) && near(line.slope(), slope) && line.source().name().equals(x.name()));
  }
}

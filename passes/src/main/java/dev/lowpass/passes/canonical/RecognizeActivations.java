package dev.lowpass.passes.canonical;

import static dev.lowpass.passes.canonical.ClampedLine.near;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Optional;

/**
 * Finds relu, clip, hard sigmoid and hard swish in what they were decomposed into.
 *
 * <pre>
 * %a = add %x, %three                             ; 3.0
 * %b = clip %a {min = 0.0, max = 6.0}             =>   %y = hard_swish %x
 * %c = mul %x, %b
 * %y = div %c, %six                               ; 6.0
 *
 * %a = relu %x
 * %y = min %a, %six                               =>   %y = clip %x {min = 0.0, max = 6.0}
 * </pre>
 *
 * A chain of sums and products with one number, minima, maxima, clips and relus is a {@link ClampedLine}; the chain
 * counts, not its spelling, so operands may come in either order and factors at any place. Constants such as 1/6 are
 * compared to 1e-6, because models hold them rounded. Does not fire when
 * <ul>
 *   <li>a number is computed, or differs from channel to channel;
 *   <li>a clamped sum or product is none of the four: clip of x + 3 to 0..6 stays as it is;
 *   <li>a factor of the product is another value than the one that is clamped: squeeze-excite.
 * </ul>
 */
public record RecognizeActivations() implements NodePass {
  @Override
  public String name() {
    return "recognize-activations";
  }

  @Override
  public String summary() {
    return "finds relu, clip, hard sigmoid and hard swish in their decompositions";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    List<ClampedLine> lines = ClampedLine.endingAt(node.result(), index);
    return hardSwishOf(lines, index)
        .map(x -> redefine(node, new HardSwish(), x))
        .orElseGet(() -> activation(node, lines));
  }

  /** The activation that reaches back furthest. */
  private static Rewrite activation(Node node, List<ClampedLine> lines) {
    for (ClampedLine line : lines.subList(1, lines.size()).reversed()) {
      if (isIdentity(line)) {
        return Rewrite.replace(node.result(), line.source(), List.of());
      }
      Optional<Op> op = activation(line);
      if (op.isPresent()) {
        return redefine(node, op.get(), line.source());
      }
    }
    return Rewrite.none();
  }

  private static Rewrite redefine(Node node, Op op, Value x) {
    Node redefined = Node.of(node.name(), op, List.of(x), node.location());
    return redefined.equals(node) ? Rewrite.none() : Rewrite.redefine(List.of(redefined));
  }

  private static boolean isIdentity(ClampedLine line) {
    return line.slope() == 1 && line.offset() == 0 && line.isUnbounded();
  }

  private static Optional<Op> activation(ClampedLine line) {
    if (line.slope() == 1 && line.offset() == 0) {
      boolean relu = line.low() == 0 && line.high() == Double.POSITIVE_INFINITY;
      return Optional.of(relu ? new Relu() : new Clip((float) line.low(), (float) line.high()));
    }
    boolean sigmoid = near(line.low(), 0) && near(line.high(), 1);
    return sigmoid ? Optional.of(new HardSigmoid((float) line.slope(), (float) line.offset())) : Optional.empty();
  }

  /** x where the value is k · (k' · x) · g(x) and k · k' · g is the hard sigmoid of slope 1/6 and offset 1/2. */
  private static Optional<Value> hardSwishOf(List<ClampedLine> lines, GraphIndex index) {
    for (ClampedLine scaled : lines) {
      Optional<Node> product = index.producer(scaled.source()).filter(RecognizeActivations::isProduct);
      if (product.isEmpty() || !isPositiveMultiple(scaled)) {
        continue;
      }
      for (int i = 0; i < 2; i++) {
        Optional<Value> x = swished(product.get().operand(i), product.get().operand(1 - i), scaled.slope(), index);
        if (x.isPresent()) {
          return x;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isProduct(Node node) {
    return node.op() instanceof Binary binary
        && binary.kind() == Binary.Kind.MUL
        && node.operand(0).type().equals(node.operand(1).type());
  }

  private static Optional<Value> swished(Value factor, Value gate, double multiple, GraphIndex index) {
    for (ClampedLine x : ClampedLine.endingAt(factor, index)) {
      for (ClampedLine clamped : ClampedLine.endingAt(gate, index)) {
        boolean sameSource = isPositiveMultiple(x) && x.source().name().equals(clamped.source().name());
        if (sameSource && isGate(clamped.times(multiple * x.slope()))) {
          return Optional.of(x.source());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isPositiveMultiple(ClampedLine line) {
    return line.slope() > 0 && line.offset() == 0 && line.isUnbounded();
  }

  private static boolean isGate(ClampedLine line) {
    return near(line.slope(), 1.0 / 6) && near(line.offset(), 0.5) && near(line.low(), 0) && near(line.high(), 1);
  }
}

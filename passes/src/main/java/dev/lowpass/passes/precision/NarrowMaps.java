package dev.lowpass.passes.precision;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.ir.op.Op;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;

/**
 * On a machine that multiplies in float16, lets maps between layers have numbers of 16 bits.
 *
 * <pre>
 * %a = relu %x                 =>   %a = relu %x
 * %y = pointwise %a, %w             %b = narrow %a {precision = fp16}
 *                                   %y = pointwise %b, %w
 * </pre>
 *
 * The map lies in half as much memory, whoever else reads it, for instance to add it to another. Products round it so
 * anyway, and lose nothing by it.
 *
 * <p>Does not fire where
 * <ul>
 *   <li>no layer and no transform reads the map, or it is of coefficients, whose sizes differ too much;
 *   <li>it is an input or an output of the graph, a constant, or narrow already.
 * </ul>
 */
public record NarrowMaps() implements NodePass {
  @Override
  public String name() {
    return "narrow-maps";
  }

  @Override
  public String summary() {
    return "lets maps between layers have 16 bits a number, on machines that multiply in float16";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    Value map = node.result();
    boolean isWide = !(node.op() instanceof Narrowing || node.op() instanceof Constant);
    if (context.machine().precision() != Precision.FLOAT16 || !isWide || !isBetweenLayers(map, index)) {
      return Rewrite.none();
    }
    Op narrowing = new Narrowing(Precision.FLOAT16);
    Node narrow = Node.of(index.fresh(node.name() + ".narrow"), narrowing, List.of(map), node.location());
    return Rewrite.replace(map, narrow.result(), List.of(narrow));
  }

  private static boolean isBetweenLayers(Value map, GraphIndex index) {
    List<Node> users = index.users(map);
    return map.type().isSpatial()
        && map.type().element() == ElementType.F32
        && map.type().shape().rank() == 4
        && !index.isOutput(map)
        && users.stream().noneMatch(user -> user.op() instanceof Narrowing)
        && users.stream().anyMatch(user -> readsMaps(user.op()) && user.operand(0).name().equals(map.name()));
  }

  private static boolean readsMaps(Op op) {
    return op instanceof Layer || op instanceof Dct;
  }
}

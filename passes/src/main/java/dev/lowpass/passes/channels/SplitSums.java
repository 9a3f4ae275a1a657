package dev.lowpass.passes.channels;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds to the parts of an image what would be added to the whole: the layers that make the parts do it with them.
 *
 * <pre>
 * %j = concat %p, %q {axis = 1}           %x.0 = slice %x {starts = [0, 0, 0, 0], extents = [1, 32, 7, 7]}
 * %y = add %j, %x                         %x.1 = slice %x {starts = [0, 32, 0, 0], extents = [1, 32, 7, 7]}
 *                                   =>    %y.0 = add %p, %x.0
 *                                         %y.1 = add %q, %x.1
 *                                         %y = concat %y.0, %y.1 {axis = 1}
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>a part does not begin at a whole slab, so that it would have to be copied out of the other image and into the sum;
 *   <li>there are several images, whose parts lie apart;
 *   <li>something else reads the image or a part of it, or a part is no layer's.
 * </ul>
 */
public record SplitSums() implements NodePass {
  @Override
  public String name() {
    return "split-sums";
  }

  @Override
  public String summary() {
    return "adds to the parts of an image, with the layers that make them";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!node.op().equals(new Binary(Binary.Kind.ADD)) || !node.type().isSpatial() || node.type().shape().rank() != 4) {
      return Rewrite.none();
    }
    Value left = node.operand(0);
    Value right = node.operand(1);
    boolean alike = left.type().equals(right.type()) && !left.name().equals(right.name());
    if (!alike || node.type().shape().dim(0) != 1) {
      return Rewrite.none();
    }
    Optional<Node> whole = joined(left, index);
    return whole.isPresent()
        ? split(node, whole.orElseThrow(), right, index)
        : joined(right, index).map(found -> split(node, found, left, index)).orElse(Rewrite.none());
  }

  private static Optional<Node> joined(Value value, GraphIndex index) {
    return index
        .producer(value)
        .filter(node -> node.op().equals(new Concat(1)) && index.isReadOnce(value))
        .filter(node -> node.operands().stream().allMatch(part -> isOfALayer(part, index)) && hasWholeSlabs(node));
  }

  private static boolean isOfALayer(Value part, GraphIndex index) {
    return index.isReadOnce(part) && index.producer(part).filter(node -> node.op() instanceof Layer).isPresent();
  }

  private static boolean hasWholeSlabs(Node concat) {
    return concat.operands().stream()
        .limit(concat.operands().size() - 1)
        .allMatch(part -> part.type().shape().dim(1) % Machine.SLAB == 0);
  }

  private static Rewrite split(Node sum, Node concat, Value other, GraphIndex index) {
    List<Node> nodes = new ArrayList<>();
    List<Value> sums = new ArrayList<>();
    int start = 0;
    for (Value part : concat.operands()) {
      int channels = part.type().shape().dim(1);
      String suffix = "." + sums.size();
      Slice slice = Slice.along(other.type().shape(), 1, start, channels);
      Node own = Node.of(index.fresh(sum.name() + ".other" + sums.size()), slice, List.of(other), sum.location());
      Node added = Node.of(index.fresh(sum.name() + suffix), sum.op(), List.of(part, own.result()), sum.location());
      nodes.addAll(List.of(own, added));
      sums.add(added.result());
      start += channels;
    }
    nodes.add(Node.of(sum.name(), concat.op(), sums, concat.location()));
    return Rewrite.redefine(nodes);
  }
}

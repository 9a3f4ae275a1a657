package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Optional;

/**
 * Lets a transform compute only what is read of it.
 *
 * <pre>{@code
 * %f = dct %x {block = 7x7, order = zigzag}
 * %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [10*8, 4*8]}
 * ; becomes
 * %f = dct %x {block = 7x7, order = zigzag, keep = [10*8, 4*8]}
 * %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [10*8, 4*8]}
 * }</pre>
 *
 * <p>Several readers keep the longest band of theirs; sums and scales in between read what is read of them, and a
 * global average pooling reads DC. Does not fire when
 * <ul>
 *   <li>something else reads it, or it is a result: its other coefficients are needed;
 *   <li>a reader has no limit.
 * </ul>
 */
public final class TruncateTransforms implements NodePass {
  @Override
  public String name() {
    return "truncate-transforms";
  }

  @Override
  public String summary() {
    return "lets a dct compute only the coefficients that are read";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Dct dct)) {
      return Rewrite.none();
    }
    Bands known = node.type().frequency().bands();
    NeededBands needed = new NeededBands(index, TruncateTransforms::reading);
    Optional<Bands> read = needed.of(node.result()).map(bands -> Bands.intersection(bands, known));
    if (read.isEmpty() || read.get().equals(known)) {
      return Rewrite.none();
    }
    return Rewrite.redefine(
        List.of(Node.of(node.name(), Truncation.keeping(dct, read.get()), node.operands(), node.location())));
  }

  private static Optional<Bands> reading(Node pointwise) {
    return Optional.of(((Pointwise) pointwise.op()).reads(pointwise.operand(0).type()));
  }
}

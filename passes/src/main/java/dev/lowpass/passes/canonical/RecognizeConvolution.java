package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;

/**
 * Makes a correlation whose weights and bias turned out to be constants a convolution, for which there are fast kernels.
 *
 * <pre>
 * %y = correlation %x, %w {kernel = [3, 3]}                  ; %w is a constant
 * =>
 * %y = convolution %x, %w {kernel = [3, 3]}
 * </pre>
 *
 * Does not fire when weights or bias are computed.
 */
public record RecognizeConvolution() implements NodePass {
  @Override
  public String name() {
    return "recognize-convolution";
  }

  @Override
  public String summary() {
    return "makes correlations with constant weights convolutions";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Correlation correlation)) {
      return Rewrite.none();
    }
    List<Value> factors = node.operands().subList(1, node.operands().size());
    if (factors.stream().anyMatch(factor -> index.constant(factor).isEmpty())) {
      return Rewrite.none();
    }
    return Rewrite.redefine(
        List.of(Node.of(node.name(), correlation.convolution(), node.operands(), node.location())));
  }
}

package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import java.util.List;

/** Nodes that one kernel carries out; where nothing joins a node, it alone. */
public sealed interface Group
    permits BlockGroup,
        DepthwiseGroup,
        ProductGroup,
        ConvolutionGroup,
        InverseGroup,
        ExpressionGroup,
        ArgChannelsGroup,
        SingleGroup {
  /** All of them in the order of the graph: before the last one, all that the group reads is computed. */
  List<Node> nodes();

  default Node last() {
    return nodes().getLast();
  }

  /** What the kernel writes. */
  default Value result() {
    return last().result();
  }
}

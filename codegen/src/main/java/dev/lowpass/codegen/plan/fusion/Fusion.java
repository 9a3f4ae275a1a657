package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Scalar;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.passes.machine.Machine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts every node of a graph into one group, as large as the machine's rule allows. */
public final class Fusion {
  private final Chain chain;
  private final Machine machine;

  /** Names of nodes that have a group. */
  private final Set<String> taken = new HashSet<>();

  /** By the name of its last node. */
  private final Map<String, Group> groups = new HashMap<>();

  private Fusion(Chain chain, Machine machine) {
    this.chain = chain;
    this.machine = machine;
  }

  /** The groups of {@code graph}, in an order in which they can be computed: that of their last nodes. */
  public static List<Group> groups(Graph graph, Chain chain, Machine machine) {
    Fusion fusion = new Fusion(chain, machine);
    // Depthwise nodes take what stands before them, so they choose first.
    graph.nodes().stream().filter(node -> node.op() instanceof Depthwise).forEach(fusion::take);
    // So do those that look for the greatest channel.
    graph.nodes().stream().filter(node -> node.op() instanceof ArgReduce).forEach(fusion::take);
    // Layers take what follows them; what is left of functions of elements makes kernels of its own, from its ends.
    graph.nodes().stream().filter(node -> !ExpressionGroup.takes(node)).forEach(fusion::take);
    graph.nodes().reversed().forEach(fusion::take);
    return graph.nodes().stream().flatMap(node -> Optional.ofNullable(fusion.groups.get(node.name())).stream()).toList();
  }

  private void take(Node node) {
    if (isFree(node)) {
      Group group = groupOf(node);
      group.nodes().forEach(member -> taken.add(member.name()));
      groups.put(group.last().name(), group);
    }
  }

  private boolean isFree(Node node) {
    return !taken.contains(node.name());
  }

  private Group groupOf(Node node) {
    return switch (node.op()) {
      case Pointwise _ -> ProductGroup.of(chain, node, machine, this::isFree);
      case Convolution convolution -> ConvolutionGroup.of(chain, node, convolution, this::isFree);
      case Idct _ -> InverseGroup.of(chain, node, machine.fusion(), this::isFree);
      case Depthwise depthwise -> groupOf(node, depthwise);
      case Scalar _ when ExpressionGroup.takes(node) -> ExpressionGroup.endingAt(chain, node, this::isFree);
      case ArgReduce arg when machine.fusion().keepsSlabs() && ArgChannelsGroup.suits(node, arg) ->
          ArgChannelsGroup.of(chain, node, this::isFree);
      case Dct _, Scalar _, Pool _, Resize _, Softmax _, MatrixProduct _, Rearrangement _, Opaque _,
              BatchNormalization _, Constant _ ->
          new SingleGroup(node);
    };
  }

  private Group groupOf(Node node, Depthwise depthwise) {
    if (!machine.fusion().writesOut(depthwise.window().taps())) {
      return DepthwiseGroup.alone(chain, node);
    }
    return switch (machine.fusion().reach()) {
      case LAYER -> DepthwiseGroup.alone(chain, node);
      case PROJECTION -> {
        Optional<BlockGroup> block =
            BlockGroup.whole(chain, node, depthwise, machine.fusion().blocks(), this::isFree)
                .or(() -> BlockGroup.projected(chain, node, this::isFree));
        yield block.isPresent()
            ? block.orElseThrow()
            : DepthwiseGroup.transformed(chain, node, depthwise, machine.fusion().spectral(), this::isFree)
                .orElseGet(() -> DepthwiseGroup.alone(chain, node));
      }
      case SLABS -> {
        Optional<BlockGroup> block = BlockGroup.around(chain, node, depthwise, machine.fusion(), this::isFree);
        yield block.isPresent() ? block.orElseThrow() : DepthwiseGroup.around(chain, node, this::isFree);
      }
    };
  }
}

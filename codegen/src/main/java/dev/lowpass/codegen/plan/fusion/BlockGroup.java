package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.FusionRule;
import dev.lowpass.passes.machine.WholeBlock;
import dev.lowpass.passes.machine.WholeBlockRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A depthwise node on a large map with what makes the map and the product behind it; see {@link
 * dev.lowpass.codegen.plan.step.BlockStep}.
 *
 * @param before functions between producer and depthwise node
 * @param after functions between depthwise node and projection
 */
public record BlockGroup(
    Optional<Node> producer,
    List<Node> before,
    Node depthwise,
    List<Node> after,
    Node projection,
    FusedEpilogue epilogue)
    implements Group {
  public BlockGroup {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The block around {@code depthwise}; nothing where a kernel for it alone is as good. */
  static Optional<BlockGroup> around(
      Chain chain, Node depthwise, Depthwise op, FusionRule rule, Predicate<Node> isFree) {
    TensorType map = depthwise.operand(0).type();
    boolean large = rule.isLarge(map.shape().dim(2) * map.shape().dim(3));
    return large && walksInStrips(op.window())
        ? everything(chain, depthwise, isFree).filter(block -> block.weights() <= rule.mostBlockWeights())
        : Optional.empty();
  }

  /** The block around {@code depthwise} from its expansion on, where {@code rule} has a tile for it. */
  static Optional<BlockGroup> whole(
      Chain chain, Node depthwise, Depthwise op, WholeBlockRule rule, Predicate<Node> isFree) {
    return everything(chain, depthwise, isFree)
        .filter(block -> block.producer.filter(BlockGroup::expands).isPresent() && expands(block.projection))
        .filter(block -> rule.tile(block.whole(op.window())).isPresent());
  }

  private static boolean expands(Node node) {
    return node.op() instanceof Pointwise product && product.precision() == Precision.FLOAT32;
  }

  private WholeBlock whole(Window window) {
    Shape in = input().type().shape();
    int hidden = depthwise.type().shape().dim(1);
    return new WholeBlock(
        in.dim(0), in.dim(2), in.dim(3), in.dim(1), hidden, projection.type().shape().dim(1), window);
  }

  /** All that one kernel may do: from what makes the map to what is done with the projection. */
  private static Optional<BlockGroup> everything(Chain chain, Node depthwise, Predicate<Node> isFree) {
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    Value result = after.isEmpty() ? depthwise.result() : after.getLast().result();
    List<Node> before = chain.elementwiseBefore(depthwise.operand(0));
    Value start = before.isEmpty() ? depthwise.operand(0) : before.getFirst().operand(0);
    Optional<Node> producer = chain.privateProducer(start).filter(node -> makesMaps(node) && isFree.test(node));
    return projection(chain, result)
        .map(
            node ->
                new BlockGroup(
                    producer,
                    producer.isPresent() ? before : List.of(),
                    depthwise,
                    after,
                    node,
                    FusedEpilogue.of(chain, node)))
        .filter(block -> block.nodes().stream().allMatch(isFree));
  }

  /** {@code depthwise} with the product behind it, where that has fewer channels than it reads. */
  static Optional<BlockGroup> projected(Chain chain, Node depthwise, Predicate<Node> isFree) {
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    Value result = after.isEmpty() ? depthwise.result() : after.getLast().result();
    return projection(chain, result)
        .filter(node -> node.type().shape().dim(1) < result.type().shape().dim(1))
        .map(node -> new BlockGroup(Optional.empty(), List.of(), depthwise, after, node, FusedEpilogue.of(chain, node)))
        .filter(block -> block.nodes().stream().allMatch(isFree));
  }

  private static Optional<Node> projection(Chain chain, Value result) {
    return chain
        .onlyUser(result)
        .filter(node -> node.op() instanceof Pointwise && node.operand(0).name().equals(result.name()));
  }

  /**
   * Whether strips of a power of two rows need whole new rows each, and none above those that the strip before needed.
   */
  private static boolean walksInStrips(Window window) {
    return window.stride(0) <= 2 && window.reach(0) - window.stride(0) - window.before(0) >= 0;
  }

  private static boolean makesMaps(Node node) {
    return switch (node.op()) {
      case Pointwise _ -> node.operand(0).type().isSpatial();
      case Convolution convolution -> convolution.groups() == 1 && convolution.precision() == Precision.FLOAT32;
      case Depthwise _, BlockTransform _, MatrixProduct _, Elementwise _, Binary _, BatchNormalization _, Pool _,
              Resize _, Softmax _, Rearrangement _, Opaque _, Constant _ ->
          false;
    };
  }

  /** How many every strip reads again, but for the few of the depthwise node. */
  private long weights() {
    return weights(projection) + producer.map(BlockGroup::weights).orElse(0L);
  }

  private static long weights(Node layer) {
    return layer.operand(1).type().shape().elements();
  }

  /** What the kernel reads, but for a residual. */
  public Value input() {
    return producer.orElse(depthwise).operand(0);
  }

  @Override
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    producer.ifPresent(nodes::add);
    nodes.addAll(before);
    nodes.add(depthwise);
    nodes.addAll(after);
    nodes.add(projection);
    nodes.addAll(epilogue.nodes());
    return nodes;
  }
}

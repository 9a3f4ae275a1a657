package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.machine.FusionRule;
import dev.lowpass.passes.machine.HalvingRule;
import dev.lowpass.passes.machine.Machine;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A product and its epilogue. */
public record ProductGroup(Node node, FusedEpilogue epilogue) implements Group {
  static ProductGroup of(Chain chain, Node node, Machine machine, Predicate<Node> isFree) {
    FusedEpilogue epilogue = FusedEpilogue.of(chain, node, isFree);
    boolean pools = hasRowsToPool(node, machine.halving()) && pools(node, machine.fusion());
    return new ProductGroup(node, pools ? epilogue.pooled(chain, node) : epilogue);
  }

  private static boolean pools(Node node, FusionRule rule) {
    Shape map = node.type().shape();
    int channels = node.operand(0).type().shape().dim(1);
    return rule.keepsSlabs()
        || ((Pointwise) node.op()).precision() == Precision.FLOAT32
            && rule.pools().pays(map.dim(0), map.dim(2) * map.dim(3), channels, map.dim(1));
  }

  /** A product that is made of halves needs its map in memory; they save more than a pool takes. */
  private static boolean hasRowsToPool(Node node, HalvingRule halving) {
    Shape map = node.type().shape();
    int rows = map.dim(2) * map.dim(3);
    return node.type().isSpatial()
        && rows > 1
        && !halving.pays(rows, node.operand(0).type().shape().dim(1), map.dim(1));
  }

  @Override
  public List<Node> nodes() {
    return Stream.concat(Stream.of(node), epilogue.nodes().stream()).toList();
  }
}

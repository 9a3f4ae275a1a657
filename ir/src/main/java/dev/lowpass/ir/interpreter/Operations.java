package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;

/** About how much the interpreter does for a graph, one number after the other. */
public final class Operations {
  private Operations() {}

  /** Multiplications, comparisons and elements written. */
  public static long of(Graph graph) {
    return (long) graph.nodes().stream().mapToDouble(Operations::of).sum();
  }

  private static double of(Node node) {
    double results = node.type().shape().elements();
    // What is no sum of many numbers reads about as much as it writes, or its operands once.
    double read = node.operands().stream().mapToDouble(operand -> operand.type().shape().elements()).sum();
    return Math.max(results * terms(node), read);
  }

  /** Numbers that each result is made of. */
  private static double terms(Node node) {
    if (node.op() instanceof Layer) {
      Shape weight = node.operand(1).type().shape();
      return weight.elements() / Math.max(1.0, weight.dim(0));
    }
    if (node.op() instanceof MatrixProduct) {
      return node.operand(0).type().shape().dim(-1);
    }
    if (node.op() instanceof AveragePool pool) {
      return pool.window().taps();
    }
    return node.op() instanceof MaxPool pool ? pool.window().taps() : 1;
  }
}

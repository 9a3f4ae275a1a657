package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Convolution;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A general convolution, which is what {@code node} does, and its epilogue. */
public record ConvolutionGroup(Node node, Convolution convolution, FusedEpilogue epilogue) implements Group {
  static ConvolutionGroup of(Chain chain, Node node, Convolution convolution, Predicate<Node> isFree) {
    return new ConvolutionGroup(node, convolution, FusedEpilogue.of(chain, node, isFree));
  }

  @Override
  public List<Node> nodes() {
    return Stream.concat(Stream.of(node), epilogue.nodes().stream()).toList();
  }
}

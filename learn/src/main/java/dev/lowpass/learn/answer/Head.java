package dev.lowpass.learn.answer;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The last layer of a classifier: an output channel of it is the score of a class. Between it and the output scores are
 * only averaged, given another shape, or made probabilities.
 *
 * @param graph canonical and spatial, with one output [1, K]
 * @param layer pointwise or a convolution, with K output channels
 * @param behind nodes from there to the output, in order
 */
public record Head(Graph graph, Node layer, List<Node> behind) {
  /** Standard deviation of the weights of a new head; usual for classifiers on pooled features. */
  private static final double SPREAD = 0.01;

  public Head {
    behind = List.copyOf(behind);
  }

  /**
   * Finds the head of {@code graph}.
   *
   * @throws LowpassException LP6007 at the node or the output where there is none
   */
  public static Head of(Graph graph) {
    if (!(Answer.of(graph) instanceof ClassAnswer)) {
      throw new LowpassException(
          "LP6007", graph.name(), "new classes take a model whose only output is a row of scores, not " + outputs(graph));
    }
    Value value = graph.outputs().getFirst().value();
    int classes = value.type().shape().dim(1);
    Map<String, List<Node>> users = graph.users();
    Map<String, Node> producers = graph.producers();
    List<Node> behind = new ArrayList<>();
    while (true) {
      Node node = producers.get(value.name());
      if (node == null) {
        throw refused(value.name(), "is an input", classes);
      }
      if (users.get(node.name()).size() > 1 || !behind.isEmpty() && graph.isOutput(node.result())) {
        throw refused(node.name(), "has several readers", classes);
      }
      if (isLayer(node, classes)) {
        return new Head(graph, node, behind.reversed());
      }
      if (!isBehind(node, classes, behind.isEmpty())) {
        throw refused(node.name(), "is " + node.op().mnemonic(), classes);
      }
      behind.add(node);
      value = node.operand(0);
    }
  }

  private static List<String> outputs(Graph graph) {
    return graph.outputs().stream().map(output -> output.name() + ": " + output.value().type()).toList();
  }

  private static LowpassException refused(String node, String found, int classes) {
    return new LowpassException(
        "LP6007", node, "%s, where the layer that gives the scores of %d classes was sought".formatted(found, classes));
  }

  private static boolean isLayer(Node node, int classes) {
    boolean sums = node.op() instanceof Pointwise || node.op() instanceof Convolution(_, int groups, _) && groups == 1;
    return sums && node.type().shape().dim(1) == classes;
  }

  /** Whether new scores may take the way of the old ones; {@link Answer#scored} undoes a softmax that is last. */
  private static boolean isBehind(Node node, int classes, boolean last) {
    return switch (node.op()) {
      case Softmax(int axis) -> last && axis == 1;
      case Reshape _ -> node.operand(0).type().shape().elements() == classes;
      case GlobalAveragePool _ -> true;
      default -> false;
    };
  }

  /**
   * The graph with another head, for {@code classes}: it knows nothing, its weights are small and its biases 0.
   *
   * @param classes at least 2
   * @param seed from which the weights follow
   */
  public Graph replaced(int classes, long seed) {
    int before = layer.type().shape().dim(1);
    Shape shape = layer.operand(1).type().shape().with(0, classes);
    float[] weights = new float[Math.toIntExact(shape.elements())];
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (SPREAD * random.nextGaussian());
    }
    Node weight = constant("weight", Tensor.of(weights, shape));
    Node bias = constant("bias", Tensor.of(new float[classes], classes));
    List<Node> changed = new ArrayList<>(List.of(weight, bias));
    List<Value> operands = List.of(layer.operand(0), weight.result(), bias.result());
    Node last = Node.of(layer.name(), layer.op(), operands, layer.location());
    changed.add(last);
    for (Node node : behind) {
      last = Node.of(node.name(), of(node.op(), before, classes), List.of(last.result()), node.location());
      changed.add(last);
    }
    return graph.apply(Rewrite.redefine(changed));
  }

  /** Under a name of its own: the constants of the old head may be others' as well. */
  private Node constant(String what, Tensor value) {
    String name = new GraphIndex(graph).fresh(layer.name() + "." + what);
    return Node.of(name, new Constant(value), List.of(), layer.location());
  }

  /** The operator for as many {@code classes}: of a shape's extents all but that of the classes are 1. */
  private static Op of(Op op, int before, int classes) {
    if (op instanceof Reshape(Shape shape)) {
      return new Reshape(new Shape(shape.dims().stream().map(dim -> dim == before ? classes : dim).toList()));
    }
    return op;
  }
}

package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a product with a constant matrix over channels, and the sum with a bias after it, a pointwise layer: ONNX Gemm
 * and MatMul. Rows [N, C] become images [N, C, 1, 1]; images with channels last are turned around, which a transpose
 * before them may undo, and sequences [N, L, C] are images of L rows and one column.
 *
 * <pre>
 * %m = matmul %x, %w          ; %x: f32[1, 1280], %w: f32[1280, 1000]
 * %y = add %m, %b             ; %b: f32[1000]
 * =>
 * %y.image = reshape %x {shape = [1, 1280, 1, 1]}
 * %y.product = pointwise %y.image, %w.matrix, %b
 * %y = reshape %y.product {shape = [1, 1000]}
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>the right operand is computed, or has more than two axes;
 *   <li>the left operand is a vector, or has more than four axes, or is a constant;
 *   <li>(for the sum) the summand is no constant of one number a column, or others read the product too.
 * </ul>
 */
public record RecognizeChannelProduct() implements NodePass {
  private static final Transpose TO_CHANNELS_LAST = new Transpose(List.of(0, 2, 3, 1));
  private static final Transpose TO_CHANNELS_FIRST = new Transpose(List.of(0, 3, 1, 2));

  @Override
  public String name() {
    return "recognize-channel-product";
  }

  @Override
  public String summary() {
    return "makes matrix products over channels pointwise";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (node.op() instanceof MatrixProduct && sumOf(node, index).isEmpty()) {
      return pointwise(node, node, Optional.empty(), index);
    }
    return productIn(node, index).map(product -> withBias(node, product, index)).orElse(Rewrite.none());
  }

  /** The node that adds a bias to {@code product}: it is rewritten, and the product with it. */
  private static Optional<Node> sumOf(Node product, GraphIndex index) {
    return index.users(product.result()).stream()
        .filter(user -> productIn(user, index).filter(product::equals).isPresent())
        .findFirst();
  }

  /** The product that {@code node} adds a bias to, if nobody else reads it. */
  private static Optional<Node> productIn(Node node, GraphIndex index) {
    if (!node.op().equals(Binary.add())) {
      return Optional.empty();
    }
    return IntStream.range(0, 2)
        .filter(i -> index.isReadOnce(node.operand(i)) && isBias(node.operand(1 - i), node, index))
        .mapToObj(i -> index.producer(node.operand(i)))
        .flatMap(Optional::stream)
        .filter(product -> product.op() instanceof MatrixProduct && product.type().equals(node.type()))
        .findFirst();
  }

  private static Rewrite withBias(Node sum, Node product, GraphIndex index) {
    Value bias = sum.operand(sum.operand(0).equals(product.result()) ? 1 : 0);
    return pointwise(sum, product, Optional.of(bias), index);
  }

  private static boolean isBias(Value summand, Node sum, GraphIndex index) {
    Shape shape = summand.type().shape();
    if (shape.rank() == 0 || sum.type().shape().rank() == 0) {
      return false;
    }
    int columns = sum.type().shape().dim(-1);
    boolean oneAColumn = shape.dim(-1) == columns && shape.elements() == columns;
    return oneAColumn && index.constant(summand).isPresent();
  }

  /** Redefines {@code node}, which is {@code product} or its sum with {@code bias}. */
  private static Rewrite pointwise(Node node, Node product, Optional<Value> bias, GraphIndex index) {
    Value left = product.operand(0);
    Optional<Tensor> matrix = index.constant(product.operand(1)).filter(tensor -> tensor.shape().rank() == 2);
    Shape given = left.type().shape();
    if (matrix.isEmpty() || given.rank() < 2 || given.rank() > 4 || index.constant(left).isPresent()) {
      return Rewrite.none();
    }
    boolean rows = given.rank() == 2;
    boolean sequence = given.rank() == 3;
    List<Node> nodes = new ArrayList<>();
    if (sequence) {
      Shape columns = Shape.of(given.dim(0), given.dim(1), 1, given.dim(2));
      nodes.add(
          Node.of(index.fresh(node.name() + ".columns"), new Reshape(columns), List.of(left), product.location()));
      left = nodes.getLast().result();
    }
    Op before = rows ? new Reshape(Shape.of(given.dim(0), given.dim(1), 1, 1)) : TO_CHANNELS_FIRST;
    Op after = rows ? new Reshape(node.type().shape()) : TO_CHANNELS_LAST;
    Node image = Node.of(index.fresh(node.name() + ".image"), before, List.of(left), product.location());
    String weightName = index.fresh(product.operand(1).name() + ".matrix");
    Node weight = Constants.of(weightName, transposed(matrix.get()), product.location());
    List<Value> operands = new ArrayList<>(List.of(image.result(), weight.result()));
    nodes.add(image);
    nodes.add(weight);
    bias.ifPresent(
        value -> {
          Tensor flat = index.constant(value).orElseThrow().reshaped(Shape.of(matrix.get().shape().dim(1)));
          nodes.add(Constants.of(index.fresh(node.name() + ".bias"), flat, product.location()));
          operands.add(nodes.getLast().result());
        });
    nodes.add(Node.of(index.fresh(node.name() + ".product"), Pointwise.dense(), operands, product.location()));
    if (sequence) {
      nodes.add(
          Node.of(index.fresh(node.name() + ".last"), after, List.of(nodes.getLast().result()), product.location()));
      after = new Reshape(node.type().shape());
    }
    nodes.add(Node.of(node.name(), after, List.of(nodes.getLast().result()), product.location()));
    return Rewrite.redefine(nodes);
  }

  private static Tensor transposed(Tensor matrix) {
    int rows = matrix.shape().dim(0);
    int columns = matrix.shape().dim(1);
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[j * rows + i] = matrix.floats()[i * columns + j];
      }
    }
    return Tensor.of(values, columns, rows);
  }
}

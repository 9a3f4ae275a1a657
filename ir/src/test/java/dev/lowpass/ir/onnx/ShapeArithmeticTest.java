package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exporters leave for the runtime to compute from shapes is computed at import. */
class ShapeArithmeticTest {
  /** torch.nn.functional.pad as PyTorch 2 exports it: the pads are filled up, reversed pair by pair and flattened. */
  @Test
  void padsThatPyTorchComputes() {
    ModelBuilder model =
        ModelBuilder.opset(16)
            .input("x", 1, 3, 8, 8)
            .indices("pads", 0, 1, 0, 1)
            .indices("missing", 4)
            .node("ConstantOfShape", List.of("missing"), "zeros", value(integersOf(0)))
            .node("Concat", List.of("pads", "zeros"), "filled", integer("axis", 0))
            .indices("pairs", -1, 2)
            .node("Reshape", List.of("filled", "pairs"), "paired")
            .indices("starts", -1)
            .indices("ends", Long.MIN_VALUE)
            .indices("axes", 0)
            .indices("steps", -1)
            .node("Slice", List.of("paired", "starts", "ends", "axes", "steps"), "reversed")
            .node("Transpose", List.of("reversed"), "columns")
            .indices("flat", -1)
            .node("Reshape", List.of("columns", "flat"), "ordered")
            .node("Cast", List.of("ordered"), "cast", integer("to", 7))
            .node("Pad", List.of("x", "cast"), "y");
    assertThat(model.operators()).containsExactly(new Pad(List.of(0, 0, 0, 0, 0, 0, 1, 1), 0));
  }

  @Test
  void reshapeToAShapeComputedFromAnInput() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 3, 4)
            .node("Shape", List.of("x"), "shape")
            .tensor("zero", Tensor.ofIntegers(ElementType.I64, new long[] {0}, Shape.of()))
            .node("Gather", List.of("shape", "zero"), "batch")
            .indices("axes", 0)
            .node("Unsqueeze", List.of("batch", "axes"), "row")
            .indices("rest", -1)
            .node("Concat", List.of("row", "rest"), "wanted", integer("axis", 0))
            .node("Reshape", List.of("x", "wanted"), "y");
    assertThat(model.operators()).containsExactly(new Reshape(Shape.of(1, 12)));
    assertThat(model.read().nodes()).as("no integers are left").hasSize(1);
  }

  @Test
  void integersAreDividedTowardsZero() {
    assertThat(reshapedTo("Div", -13, 2)).isEqualTo(Shape.of(6, 2));
  }

  /** The shape of twelve elements reshaped to [-(a op b), -1]. */
  private static Shape reshapedTo(String operator, long a, long b) {
    return ModelBuilder.opset(13)
        .input("x", 12)
        .indices("a", a)
        .indices("b", b)
        .node(operator, List.of("a", "b"), "quotient")
        .node("Neg", List.of("quotient"), "rows")
        .indices("rest", -1)
        .node("Concat", List.of("rows", "rest"), "wanted", integer("axis", 0))
        .node("Reshape", List.of("x", "wanted"), "y")
        .read()
        .outputs()
        .getFirst()
        .value()
        .type()
        .shape();
  }

  @Test
  void rangesAreComputed() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 3)
            .scalar("start", 1)
            .scalar("limit", 6)
            .scalar("delta", 2)
            .node("Range", List.of("start", "limit", "delta"), "range")
            .node("Add", List.of("x", "range"), "y");
    assertThat(model.run().floats()).containsExactly(1, 4, 7);
  }

  @Test
  void weightsInNarrowTypesAreCastAtImport() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 2)
            .tensor("w", Tensor.ofIntegers(ElementType.I8, new long[] {-3, 4}, Shape.of(2)))
            .node("Cast", List.of("w"), "f", integer("to", 1))
            .node("Add", List.of("x", "f"), "y");
    assertThat(model.run().floats()).containsExactly(-3, 5);
  }

  @Test
  void hugeConstantsAreNotComputed() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1)
            .indices("shape", 1 << 20, 1 << 10)
            .node("ConstantOfShape", List.of("shape"), "huge")
            .node("Add", List.of("x", "huge"), "y");
    assertThatThrownBy(model::read)
        .hasMessage(
            "LP1012 huge_node: a constant of shape [1048576, 1024] has 1073741824 elements, but at most 268435456 are"
                + " taken; --limit elements=1073741824 takes it");
  }

  @Test
  void integersMayDependOnAnInput() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 4).node("Cast", List.of("x"), "y", integer("to", 7));
    assertThat(model.read().nodes().getFirst().type().element()).isEqualTo(ElementType.I64);
  }

  private static Tensor integersOf(long... values) {
    return Tensor.ofIntegers(ElementType.I64, values, Shape.of(values.length));
  }
}

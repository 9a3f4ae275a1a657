package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.integers;
import static dev.lowpass.ir.onnx.ModelBuilder.real;
import static dev.lowpass.ir.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operators that compute, in the forms of the opsets. */
class ArithmeticImportTest {
  @Test
  void clipBoundsAreAttributesBeforeOpset11() {
    ModelBuilder model =
        ModelBuilder.opset(9).input("x", 1, 4).node("Clip", List.of("x"), "y", real("min", 0), real("max", 6));
    assertThat(model.operators()).containsExactly(new Clip(0, 6));
  }

  @Test
  void clipBoundsAreOperandsFromOpset11() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 4).scalar("six", 6).node("Clip", List.of("x", "", "six"), "y");
    assertThat(model.operators()).containsExactly(new Clip(-Float.MAX_VALUE, 6));
  }

  @Test
  void clipBoundsComputedAtRunTimeBecomeMaxAndMin() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 4)
            .input("low")
            .scalar("six", 6)
            .node("Clip", List.of("x", "low", "six"), "y");
    assertThat(model.operators()).containsExactly(new Binary(Binary.Kind.MAX), new Binary(Binary.Kind.MIN));
  }

  @Test
  void hardSigmoidHasOnnxDefaults() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 4)
            .node("HardSigmoid", List.of("x"), "s")
            .node("HardSwish", List.of("s"), "y");
    assertThat(model.operators()).containsExactly(new HardSigmoid(0.2f, 0.5f), new HardSwish());
  }

  @Test
  void softmaxIsOverTheLastAxisFromOpset13() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2, 3, 4).node("Softmax", List.of("x"), "y");
    assertThat(model.operators()).containsExactly(new Softmax(2));
  }

  @Test
  void softmaxIsOverAllAxesFromTheFirstOnBeforeOpset13() {
    ModelBuilder model = ModelBuilder.opset(11).input("x", 2, 3, 4).node("Softmax", List.of("x"), "y");
    assertThat(model.operators())
        .containsExactly(new Reshape(Shape.of(2, 12)), new Softmax(1), new Reshape(Shape.of(2, 3, 4)));
  }

  @Test
  void oldSoftmaxOverOneAxisNeedsNoReshape() {
    ModelBuilder model = ModelBuilder.opset(11).input("x", 1, 1000).node("Softmax", List.of("x"), "y");
    assertThat(model.operators()).containsExactly(new Softmax(1));
  }

  @Test
  void sumMinAndMaxTakeAnyNumberOfOperands() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("a", 4)
            .input("b", 4)
            .input("c", 4)
            .node("Sum", List.of("a", "b", "c"), "s")
            .node("Max", List.of("s"), "m")
            .node("Min", List.of("m", "a"), "y");
    assertThat(model.operators()).containsExactly(Binary.add(), Binary.add(), new Binary(Binary.Kind.MIN));
  }

  @Test
  void secondOperandMayStartAtAnAxisBeforeOpset7() {
    ModelBuilder model =
        ModelBuilder.opset(6)
            .input("x", 1, 3, 2, 2)
            .weight("b", 3)
            .node("Add", List.of("x", "b"), "y", integer("broadcast", 1), integer("axis", 1));
    assertThat(model.run().floats()).containsExactly(0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13);
  }

  @Test
  void gemmTransposesAndScalesItsConstants() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 2)
            .weight("w", 3, 2)
            .weight("b", 3)
            .node(
                "Gemm", List.of("x", "w", "b"), "y", integer("transB", 1), real("alpha", 2), real("beta", 10));
    assertThat(model.operators()).containsExactly(new MatrixProduct(), Binary.add());
    // 2 · (x · wᵀ) + 10 · b for x = [0, 1].
    assertThat(model.run().floats()).containsExactly(2, 16, 30);
  }

  @Test
  void gemmTransposesItsInput() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 2, 1)
            .weight("w", 2, 3)
            .node("Gemm", List.of("x", "w"), "y", integer("transA", 1));
    assertThat(model.operators()).containsExactly(new Transpose(List.of(1, 0)), new MatrixProduct());
  }

  @Test
  void matMulOfAVector() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2).weight("w", 2, 3).node("MatMul", List.of("x", "w"), "y");
    assertThat(model.run().shape()).isEqualTo(Shape.of(3));
    assertThat(model.run().floats()).containsExactly(3, 4, 5);
  }

  @Test
  void reduceMeanOverTheMapIsAGlobalAveragePool() {
    ModelBuilder kept =
        ModelBuilder.opset(13).input("x", 1, 2, 4, 4).node("ReduceMean", List.of("x"), "y", integers("axes", 2, 3));
    assertThat(kept.operators()).containsExactly(new GlobalAveragePool());
    ModelBuilder dropped =
        ModelBuilder.opset(18)
            .input("x", 1, 2, 4, 4)
            .indices("axes", -1, -2)
            .node("ReduceMean", List.of("x", "axes"), "y", integer("keepdims", 0));
    assertThat(dropped.operators()).containsExactly(new GlobalAveragePool(), new Reshape(Shape.of(1, 2)));
  }

  @Test
  void reduceMeanOverOtherAxes() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 2, 3, 2).node("ReduceMean", List.of("x"), "y", integers("axes", 1));
    assertThat(model.run().shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(model.run().floats()).containsExactly(2, 3, 8, 9);
  }

  @Test
  void batchNormalizationForTrainingIsNotSupported() {
    ModelBuilder model = ModelBuilder.opset(15).input("x", 1, 2, 4, 4).weight("p", 2);
    model.node("BatchNormalization", List.of("x", "p", "p", "p", "p"), "y", real("epsilon", 0.5f));
    assertThat(model.operators()).containsExactly(new BatchNormalization(0.5f));
    ModelBuilder training = ModelBuilder.opset(15).input("x", 1, 2, 4, 4).weight("p", 2);
    training.node("BatchNormalization", List.of("x", "p", "p", "p", "p"), "y", integer("training_mode", 1));
    assertThatThrownBy(training::read)
        .hasMessageContaining("BatchNormalization with training_mode = 1 is not supported");
  }

  @Test
  void dropoutAndIdentityVanish() {
    ModelBuilder model =
        ModelBuilder.opset(7)
            .input("x", 1, 4)
            .node("Dropout", List.of("x"), List.of("d", "mask"), real("ratio", 0.5f))
            .node("Identity", List.of("d"), "y");
    assertThat(model.operators()).isEmpty();
    assertThat(model.read().outputs().getFirst().name()).isEqualTo("y");
    assertThat(model.read().outputs().getFirst().value().name()).isEqualTo("x");
  }

  private static ModelBuilder einsum(String equation, int... shape) {
    Object[] dims = Arrays.stream(shape).boxed().toArray();
    return ModelBuilder.opset(12).input("x", dims).node("Einsum", List.of("x"), "y", text("equation", equation));
  }

  @Test
  void einsumOfOne() {
    assertThat(einsum("ij->ji", 2, 3).run().floats()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(einsum("ij->j", 2, 3).run().floats()).containsExactly(3, 5, 7);
    assertThat(einsum("ii->i", 3, 3).run().floats()).containsExactly(0, 4, 8);
    assertThat(einsum("ii", 3, 3).run().floats()).containsExactly(12);
    assertThat(einsum("...ii->...", 2, 2, 2).run().floats()).containsExactly(3, 11);
    assertThat(einsum("ba", 2, 3).run().floats()).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void einsumOfTwo() {
    ModelBuilder model =
        ModelBuilder.opset(12)
            .input("x", 2, 2, 3)
            .tensor("w", Tensor.of(new float[] {1, 10, 100}, 1, 3))
            .node("Einsum", List.of("x", "w"), "y", text("equation", "...ij,...j->...i"));
    assertThat(model.run().floats()).containsExactly(210, 543, 876, 1209);
  }

  @Test
  void einsumThatIsMalformed() {
    assertThatThrownBy(einsum("ij->k", 2, 3)::read)
        .hasMessage(
            "LP1010 y_node: Einsum is malformed: equation ij->k names an axis of the result twice, or one that nothing"
                + " has");
    assertThatThrownBy(einsum("ijk->k", 2, 3)::read)
        .hasMessage("LP1010 y_node: Einsum is malformed: 'ijk' for an operand of shape [2, 3]");
    assertThatThrownBy(einsum("ii->i", 2, 3)::read)
        .hasMessage("LP1010 y_node: Einsum is malformed: axis 'i' of 2 and 3 elements");
    assertThatThrownBy(einsum("i.->i", 2, 3)::read)
        .hasMessage("LP1010 y_node: Einsum is malformed: 'i.'; letters and an ellipsis are read");
  }

  @Test
  void determinantsOfSmallMatrices() {
    ModelBuilder model = ModelBuilder.opset(11).input("x", 2, 2, 2).node("Det", List.of("x"), "y");
    assertThat(model.run().floats()).containsExactly(-2, -2);
    assertThatThrownBy(ModelBuilder.opset(11).input("x", 5, 5).node("Det", List.of("x"), "y")::read)
        .hasMessage("LP1009 y_node: Det with matrices of 5 rows (at most 4 are read) is not supported");
  }

  @Test
  void integerProductsOfVectors() {
    ModelBuilder model =
        ModelBuilder.opset(10)
            .input(DataType.UINT8, "x", 3)
            .tensor("w", Tensor.ofIntegers(ElementType.U8, new long[] {1, 2, 3, 4, 5, 6}, Shape.of(3, 2)))
            .node("MatMulInteger", List.of("x", "w"), "y");
    Tensor x = Tensor.ofIntegers(ElementType.U8, new long[] {255, 1, 10}, Shape.of(3));
    Tensor y = Interpreter.run(model.read(), Map.of("x", x)).firstEntry().getValue();
    assertThat(y.shape()).isEqualTo(Shape.of(2));
    assertThat(y.integers()).containsExactly(255 + 3 + 50, 510 + 4 + 60);
  }
}

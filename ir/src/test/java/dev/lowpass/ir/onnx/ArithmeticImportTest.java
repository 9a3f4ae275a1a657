package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.integers;
import static dev.lowpass.ir.onnx.ModelBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.Shape;
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
import java.util.List;
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
}

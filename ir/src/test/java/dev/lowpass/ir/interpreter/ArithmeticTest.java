package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import dev.lowpass.ir.op.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);
  private static final Tensor RAMP = Tensor.of(new float[] {-4, -1, 0, 3, 9}, 5);

  @Test
  void elementwiseFunctions() {
    assertThat(applied(new Relu())).containsExactly(0, 0, 0, 3, 9);
    assertThat(applied(new Clip(0, 6))).containsExactly(0, 0, 0, 3, 6);
    assertThat(applied(new HardSwish())).containsExactly(new float[] {0, -1f / 3, 0, 3, 9}, ROUNDING);
    assertThat(applied(new HardSigmoid(0.2f, 0.5f))).containsExactly(new float[] {0, 0.3f, 0.5f, 1, 1}, ROUNDING);
    assertThat(applied(new Sigmoid())[2]).isEqualTo(0.5f);
    assertThat(applied(new MathFunction(MathFunction.Kind.ABS))).containsExactly(4, 1, 0, 3, 9);
  }

  private static float[] applied(Elementwise function) {
    return Interpreter.evaluate(function, List.of(RAMP)).floats();
  }

  @Test
  void binaryBroadcastsBothWays() {
    Tensor column = Tensor.of(new float[] {1, 2}, 2, 1);
    Tensor row = Tensor.of(new float[] {10, 20, 30}, 3);
    Tensor sum = Interpreter.evaluate(Binary.add(), List.of(column, row));
    assertThat(sum.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(sum.floats()).containsExactly(11, 21, 31, 12, 22, 32);
  }

  @Test
  void integerDivisionTruncates() {
    Tensor seven = Tensor.ofIntegers(ElementType.I64, new long[] {7, -7}, Shape.of(2));
    Tensor two = Tensor.ofIntegers(ElementType.I64, new long[] {2}, Shape.of(1));
    Tensor quotient = Interpreter.evaluate(new Binary(Binary.Kind.DIV), List.of(seven, two));
    assertThat(quotient.integers()).containsExactly(3, -3);
  }

  @Test
  void channelValuesScaleAllCoefficientsAndShiftDc() {
    SmallGraph graph = new SmallGraph();
    Domain.Frequency domain = new Domain.Frequency(new Block(2, 2), CoefficientOrder.ZIGZAG, Bands.full(2, 4));
    TensorType type = new TensorType(ElementType.F32, Shape.of(1, 2, 2, 2), domain);
    Value x = graph.input("x", type, Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 1, 4));
    Value values = graph.constant(new float[] {10, 100}, 1, 2, 1, 1);
    Value scaled = graph.node("scaled", Binary.mul(), values, x);
    Value shifted = graph.node("shifted", new Binary(Binary.Kind.SUB), x, values);
    Value doubled = graph.node("doubled", Binary.add(), x, x);
    assertThat(graph.run(scaled).floats()).containsExactly(10, 20, 30, 40, 500, 600, 700, 800);
    assertThat(graph.run(shifted).floats()).containsExactly(1 - 20, 2, 3, 4, 5 - 200, 6, 7, 8);
    assertThat(graph.run(doubled).floats()).containsExactly(2, 4, 6, 8, 10, 12, 14, 16);
  }

  @Test
  void batchNormalizationUsesTheStoredStatistics() {
    Tensor x = Tensor.of(new float[] {1, 3, 5, 7}, 1, 2, 2);
    Tensor scale = Tensor.of(new float[] {2, 10}, 2);
    Tensor bias = Tensor.of(new float[] {1, 0}, 2);
    Tensor mean = Tensor.of(new float[] {1, 5}, 2);
    Tensor variance = Tensor.of(new float[] {3, 0}, 2);
    Tensor y = Interpreter.evaluate(new BatchNormalization(1), List.of(x, scale, bias, mean, variance));
    assertThat(y.floats()).containsExactly(1, 3, 0, 20);
  }

  @Test
  void softmaxSumsToOneAlongItsAxisEvenForLargeLogits() {
    Tensor x = Tensor.of(new float[] {1000, 0, 1000, (float) Math.log(3)}, 2, 2);
    assertThat(Interpreter.evaluate(new Softmax(0), List.of(x)).floats()).containsExactly(0.5f, 0.25f, 0.5f, 0.75f);
  }

  @Test
  void zerosAreExpectedWhereARangeIsZero() {
    List<Elementwise> functions = new ArrayList<>();
    functions.addAll(List.of(new Relu(), new Sigmoid(), new HardSwish()));
    functions.addAll(List.of(new Clip(0, 6), new Clip(-6, 0), new Clip(-1, 1), new Clip(1, 2)));
    functions.addAll(List.of(new Clip(0, Float.POSITIVE_INFINITY), new Clip(Float.NEGATIVE_INFINITY, 0)));
    functions.addAll(List.of(new HardSigmoid(0.25f, 0.5f), new HardSigmoid(0, 0.5f), new HardSigmoid(0, -0.5f)));
    Stream.of(MathFunction.Kind.values()).map(MathFunction::new).forEach(functions::add);
    for (Elementwise function : functions) {
      long zeros = IntStream.range(-64, 64).filter(i -> function.apply(i / 8.0) == 0).count();
      assertThat(function.leavesZeros()).as("%s, zero at %d of 128", function, zeros).isEqualTo(zeros > 1);
    }
  }
}

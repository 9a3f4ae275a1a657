package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Relu;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  @Test
  void everyOutputIsReturnedInOrderEvenOneThatOthersRead() {
    SmallGraph small = new SmallGraph();
    Value x = small.input("x", TensorType.f32(2));
    Value r = small.node("r", new Relu(), x);
    Value s = small.node("s", Binary.add(), r, x);
    Graph graph = small.returning(s, r, x);
    var outputs = Interpreter.run(graph, Map.of("x", Tensor.of(new float[] {-1, 2}, 2)));
    assertThat(outputs.sequencedKeySet()).containsExactly("s", "r", "x");
    assertThat(outputs.get("s").floats()).containsExactly(-1, 4);
    assertThat(outputs.get("r").floats()).containsExactly(0, 2);
    assertThat(outputs.get("x").floats()).containsExactly(-1, 2);
  }

  @Test
  void traceHoldsEveryValueByName() {
    SmallGraph small = new SmallGraph();
    Value x = small.input("x", TensorType.f32(1));
    Graph graph = small.returning(small.node("s", Binary.mul(), small.node("r", new Relu(), x), x));
    var values = Interpreter.trace(graph, Map.of("x", Tensor.of(new float[] {3}, 1)));
    assertThat(values.sequencedKeySet()).containsExactly("x", "r", "s");
    assertThat(values.get("s").values()).containsExactly(9);
  }

  @Test
  void aMissingInputAndOneOfAnotherShapeAreNamed() {
    SmallGraph small = new SmallGraph();
    Graph graph = small.returning(small.node("r", new Relu(), small.input("image", TensorType.f32(2))));
    assertThatThrownBy(() -> Interpreter.run(graph, Map.of()))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP2901 image: no value");
    assertThatThrownBy(() -> Interpreter.run(graph, Map.of("image", Tensor.of(new float[3], 3))))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP2901 image: given f32[3]; it takes f32[2]");
  }

  @Test
  void aNotANumberIsNeverWithinATolerance() {
    Tensor nan = Tensor.scalar(Float.NaN);
    assertThat(Difference.between(nan, Tensor.scalar(1)).isWithin(1)).isFalse();
    assertThat(Difference.between(Tensor.scalar(0), Tensor.scalar(0)).isWithin(0)).isTrue();
    assertThat(Difference.between(Tensor.scalar(1), Tensor.scalar(0)).isWithin(1e9)).isFalse();
  }
}

package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.HostMemory;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void holdsWhatItWasGiven() {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(tensor.type()).isEqualTo(ElementType.F32);
    assertThat(tensor.shape()).containsExactly(2L, 3L);
    assertThat(tensor.floats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensor).hasToString("f32[2, 3]");
    assertThat(Tensor.of(new long[] {7}).longs()).containsExactly(7);
  }

  @Test
  void isAlignedAndExactlyAsLongAsItsElements() {
    for (int elements = 1; elements < 40; elements++) {
      Tensor tensor = Tensor.allocate(ElementType.U8, elements);
      Natives.load();
      assertThat(HostMemory.addressOf(tensor.buffer()) % 64).isZero();
      assertThat(tensor.buffer().capacity()).isEqualTo(elements);
      assertThat(tensor.buffer().order()).isEqualTo(ByteOrder.nativeOrder());
    }
  }

  @Test
  void copiesAreIndependentAndViewsAreNot() {
    Tensor tensor = Tensor.allocate(ElementType.F32, 2);
    Tensor copy = tensor.copy();
    tensor.floatBuffer().put(0, 5);
    assertThat(tensor.floats()).containsExactly(5, 0);
    assertThat(copy.floats()).containsExactly(0, 0);
  }

  @Test
  void misfitsNameBothSides() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .hasMessage("LP5020 tensor: 5 values given, but shape [2, 3] has 6");
    assertThatThrownBy(() -> Tensor.allocate(ElementType.I64, 2).floats())
        .hasMessage("LP5020 tensor: holds i64, but was read as f32");
    assertThatThrownBy(() -> Tensor.allocate(ElementType.F32, -1)).hasMessageStartingWith("LP5020 tensor: shape [-1]");
    assertThatThrownBy(() -> Tensor.allocate(ElementType.F32, 1L << 40, 1L << 40)).hasMessageStartingWith("LP5020 ");
    assertThatThrownBy(() -> Tensor.allocate(ElementType.F32, -1, -1)).hasMessageStartingWith("LP5020 ");
  }

  @Test
  void specsPrintAsIrText() {
    assertThat(new TensorSpec("x", ElementType.F32, List.of(1L, 3L))).hasToString("x: f32[1, 3]");
  }
}

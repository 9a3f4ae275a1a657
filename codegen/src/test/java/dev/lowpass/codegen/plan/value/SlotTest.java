package dev.lowpass.codegen.plan.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import org.junit.jupiter.api.Test;

/** What slots take in memory. */
class SlotTest {
  private static final Shape IMAGE = Shape.of(2, 20, 3, 3);

  private static long bytes(ElementType element) {
    return Slot.input("x", element, IMAGE, 0).bytes();
  }

  @Test
  void bytesAreThoseOfTheElementType() {
    assertThat(bytes(ElementType.F32)).isEqualTo(2 * 20 * 9 * 4);
    assertThat(bytes(ElementType.I64)).isEqualTo(2 * 20 * 9 * 8);
    assertThat(bytes(ElementType.U8)).isEqualTo(2 * 20 * 9);
  }

  /** Inputs and outputs are as their type says; what is between kernels takes words of 32 bits. */
  @Test
  void scratchIsWords() {
    assertThat(bytes(ElementType.F64)).isEqualTo(2 * bytes(ElementType.F32));
    assertThat(scratch(ElementType.F64).bytes()).isEqualTo(bytes(ElementType.F32));
    assertThat(scratch(ElementType.BOOL).bytes()).isEqualTo(bytes(ElementType.F32));
    assertThat(scratch(ElementType.I64).bytes()).isEqualTo(2 * bytes(ElementType.F32));
  }

  private static Slot scratch(ElementType element) {
    return Slot.scratch("x", element, IMAGE, new Layout.RowMajor(IMAGE));
  }

  @Test
  void paddingOfSlabsCounts() {
    Layout slabs = new Layout.Slabs(2, 20, 3, 3);
    assertThat(Slot.scratch("x", ElementType.F32, IMAGE, slabs).bytes()).isEqualTo(2 * 32 * 9 * 4);
  }
}

package dev.lowpass.codegen.plan.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  /** Kernels know no f64. */
  @Test
  void doublesAreStoredAsFloats() {
    assertThat(Slot.input("x", ElementType.F64, IMAGE, 0).stored()).isEqualTo(ElementType.F32);
    assertThat(bytes(ElementType.F64)).isEqualTo(bytes(ElementType.F32));
  }

  @Test
  void paddingOfSlabsCounts() {
    Layout slabs = new Layout.Slabs(2, 20, 3, 3);
    assertThat(Slot.scratch("x", ElementType.F32, IMAGE, slabs).bytes()).isEqualTo(2 * 32 * 9 * 4);
  }

  @Test
  void integersHaveNoScratch() {
    assertThatThrownBy(() -> Slot.scratch("x", ElementType.I32, IMAGE, new Layout.RowMajor(IMAGE)))
        .hasMessageStartingWith("LP4004 x: ");
  }
}

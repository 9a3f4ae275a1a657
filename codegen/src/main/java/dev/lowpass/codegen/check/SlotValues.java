package dev.lowpass.codegen.check;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.interpreter.Numbers;

/** What a slot's memory holds, as the interpreter stores it: without padding, coefficients orthonormal. */
final class SlotValues {
  private SlotValues() {}

  /**
   * The numbers of a slot.
   *
   * @param type of the value that it holds
   * @param isExact whether coefficients beyond the value's bands are there; else they are undefined, and become zero
   */
  static Numbers of(Slot slot, TensorType type, boolean isExact, Tensor memory) {
    double[] values =
        switch (slot.layout()) {
          case Layout.RowMajor _ -> memory.toDoubles();
          case Layout.Slabs slabs -> samples(slabs, memory);
          case Layout.Coefficients layout -> coefficients(layout, type.frequency().bands(), isExact, memory);
        };
    return new Numbers(type, values);
  }

  private static double[] samples(Layout.Slabs layout, Tensor memory) {
    double[] values = new double[layout.batch() * layout.channels() * layout.rows()];
    for (int i = 0; i < values.length; i++) {
      int map = i / layout.rows();
      values[i] = memory.at(at(layout, map / layout.channels(), map % layout.channels(), i % layout.rows()));
    }
    return values;
  }

  private static double[] coefficients(Layout.Coefficients layout, Bands bands, boolean isExact, Tensor memory) {
    int size = layout.block().size();
    double[] factors = layout.order().gains(layout.block());
    double[] values = new double[layout.batch() * layout.channels() * layout.rows()];
    for (int i = 0; i < values.length; i++) {
      int coefficient = i % size;
      int block = i / size % layout.blocks();
      int map = i / layout.rows();
      int channel = map % layout.channels();
      if (isExact || coefficient < bands.of(channel)) {
        int row = coefficient * layout.blocks() + block;
        values[i] = factors[coefficient] * memory.at(at(layout, map / layout.channels(), channel, row));
      }
    }
    return values;
  }

  /** The element of a channel of an image in a row. */
  private static int at(Layout.Slabbed layout, int image, int channel, int row) {
    int slab = image * layout.slabs() + channel / Layout.LANES;
    return (slab * layout.rows() + row) * Layout.LANES + channel % Layout.LANES;
  }
}

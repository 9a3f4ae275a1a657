package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.ir.Bands;

/** Ones where a channel keeps a coefficient and zeros beyond its band: [slab][coefficient][lane]. */
public final class Masks {
  private Masks() {}

  public static float[] of(Bands keep, int size) {
    int slabs = Math.ceilDiv(keep.channels(), LANES);
    float[] masks = new float[slabs * size * LANES];
    for (int c = 0; c < keep.channels(); c++) {
      for (int j = 0; j < keep.of(c); j++) {
        masks[(c / LANES * size + j) * LANES + c % LANES] = 1;
      }
    }
    return masks;
  }
}

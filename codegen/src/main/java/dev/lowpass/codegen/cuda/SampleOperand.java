package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;

/** A map as it lies in memory: a row is the channels of a position, or of a coefficient. */
record SampleOperand(Slot input) implements Operand {
  private Layout.Slabbed map() {
    return input.slabbed();
  }

  @Override
  public int slabs() {
    return map().slabs();
  }

  @Override
  public int numbers() {
    return map().channels();
  }

  @Override
  public boolean isComputed() {
    return false;
  }

  @Override
  public float[] arranged(float[] weights, int outputs) {
    int depth = slabs() * LANES;
    float[] arranged = new float[Math.multiplyExact(outputs, depth)];
    for (int m = 0; m < outputs; m++) {
      System.arraycopy(weights, m * map().channels(), arranged, m * depth, map().channels());
    }
    return arranged;
  }

  @Override
  public Row row(Code code, KernelMemory memory, Expr image, Expr position, Expr lane, Expr channels) {
    Expr first = image.times(map().slabs() * map().rows()).plus(position).times(LANES).plus(lane);
    Var start = code.let("start", first);
    return (inner, slab) -> {
      Expr offset = start.plus(slab.min(slabs() - 1).times(map().rows() * LANES));
      Var vector = inner.let("x", memory.load(input, offset, VECTOR));
      return Operand.before(channels, slab.times(LANES).plus(lane), Operand.lanes(vector));
    };
  }
}

package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Taps;
import java.util.List;

/** Maps on another grid. Input and output are both row-major or both in slabs. */
public record ResizeStep(String name, Slot input, Slot output, Taps vertical, Taps horizontal) implements Step {
  @Override
  public List<Slot> reads() {
    return List.of(input);
  }

  @Override
  public String kind() {
    return "resize";
  }

  @Override
  public long multiplyAdds() {
    Shape image = output.shape();
    long rows = (long) image.dim(0) * image.dim(1) * image.dim(2);
    return rows * ((long) horizontal.inputs() * vertical.longest() + (long) image.dim(3) * horizontal.longest());
  }
}

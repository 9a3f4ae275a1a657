package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.runtime.tvm.HostMemory;
import java.nio.FloatBuffer;

/** Memory that a test gives to compiled code. */
final class Memories {
  private Memories() {}

  static HostMemory of(Slot slot) {
    return HostMemory.allocate(slot.bytes());
  }

  /** Fills with NaN: whatever is read without having been written shows. */
  static void poison(HostMemory memory) {
    FloatBuffer buffer = memory.buffer().asFloatBuffer();
    while (buffer.hasRemaining()) {
      buffer.put(Float.NaN);
    }
  }

  static float[] values(HostMemory memory) {
    float[] values = new float[(int) (memory.bytes() / 4)];
    memory.buffer().asFloatBuffer().get(values);
    return values;
  }
}

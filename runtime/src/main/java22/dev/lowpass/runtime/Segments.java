package dev.lowpass.runtime;

import java.lang.foreign.MemorySegment;

/**
 * Tensors and memory segments. This class needs Java 22, which alone has segments; everything else of the runtime does
 * with Java 17.
 *
 * <pre>{@code
 * try (Arena arena = Arena.ofConfined()) {
 *   MemorySegment frame = arena.allocate(4 * 3 * 224 * 224, 64);
 *   binding.bindInput("input", Segments.tensor(frame, ElementType.F32, 1, 3, 224, 224));
 * }}</pre>
 */
public final class Segments {
  private Segments() {}

  /**
   * A tensor over a segment of native memory, which is not copied. Its arena must be open as long as the tensor is used: a
   * run that finds it closed fails with an {@link IllegalStateException}, one during which it is closed reads what is not
   * there. A run on another thread than a confined arena's fails with a {@link WrongThreadException}.
   *
   * @param memory at an address that is a multiple of 64, with exactly the tensor's bytes; where it is read-only, the tensor
   *     can be an input and no output
   * @throws LowpassRuntimeException LP5020 where it is on the heap, of another length, or begins elsewhere
   */
  public static Tensor tensor(MemorySegment memory, ElementType type, long... shape) {
    if (!memory.isNative()) {
      throw new LowpassRuntimeException(5020, "tensor", "is to wrap a segment on the heap; take one of native memory");
    }
    if (memory.byteSize() > Integer.MAX_VALUE) {
      throw new LowpassRuntimeException(5020, "tensor", "is to wrap " + memory.byteSize() + " bytes; less than 2 GiB");
    }
    return Tensor.wrap(memory.asByteBuffer(), type, shape);
  }

  /** A view of a tensor's memory, which stays as long as the segment is reachable. */
  public static MemorySegment of(Tensor tensor) {
    return MemorySegment.ofBuffer(tensor.buffer());
  }
}

package dev.lowpass.runtime.tvm;

import dev.lowpass.runtime.natives.NativeLibraries;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Zeroed host memory at an address that compiled code accepts (a multiple of 64), freed on close. */
public final class HostMemory implements AutoCloseable {
  static {
    NativeLibraries.ensureLoaded();
  }

  private static final Cleaner RELEASES = Cleaner.create();

  private final long address;
  private final long bytes;
  private final Cleaner.Cleanable release;

  private HostMemory(long block, long bytes) {
    this.address = (block + DeviceTensor.ALIGNMENT - 1) & -DeviceTensor.ALIGNMENT;
    this.bytes = bytes;
    this.release = RELEASES.register(this, new Free(block));
  }

  /** {@code bytes} of zeros. */
  public static HostMemory allocate(long bytes) {
    Pointer block = Pointer.calloc(1, bytes + DeviceTensor.ALIGNMENT);
    if (block == null || block.isNull()) {
      throw new OutOfMemoryError("no " + bytes + " bytes of native memory");
    }
    return new HostMemory(block.address(), bytes);
  }

  /** The address of a direct or mapped buffer's first byte; its position does not matter. */
  public static long addressOf(ByteBuffer buffer) {
    return new BytePointer(buffer.duplicate().position(0)).address();
  }

  public long address() {
    return address;
  }

  public long bytes() {
    return bytes;
  }

  /** A view in native byte order, valid until close; at most 2 GiB. Whoever keeps the view must keep this object. */
  public ByteBuffer buffer() {
    return new BytePointer(new Address(address))
        .capacity(Math.toIntExact(bytes))
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  /** All of it as a tensor of {@code type}. */
  public DeviceTensor tensor(DataType type) {
    return DeviceTensor.host(address, type, bytes / type.bytes());
  }

  @Override
  public void close() {
    release.clean();
  }

  private record Free(long block) implements Runnable {
    @Override
    public void run() {
      Pointer.free(new Address(block));
    }
  }
}

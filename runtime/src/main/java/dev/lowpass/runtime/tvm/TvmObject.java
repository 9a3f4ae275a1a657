package dev.lowpass.runtime.tvm;

import java.lang.ref.Cleaner;
import org.bytedeco.tvm.DLTensor;
import org.bytedeco.tvm.global.tvm_runtime;
import org.jspecify.annotations.Nullable;

/**
 * One owned reference to an object of TVM: a node, module, function or array. Closing gives it up at once; otherwise it
 * is given up when this becomes unreachable. Reference counts are atomic, so that instances may be shared by threads.
 */
public final class TvmObject implements AutoCloseable {
  private static final Cleaner RELEASES = Cleaner.create();

  private final long handle;
  private final int code;
  private final Cleaner.Cleanable release;

  TvmObject(long handle, int code) {
    this(handle, code, true);
  }

  private TvmObject(long handle, int code, boolean owned) {
    this.handle = handle;
    this.code = code;
    this.release = owned ? releases(code).register(this, new Release(handle, code)) : () -> {};
  }

  /**
   * A function that TVM keeps as long as the process lives, so that its reference is never given up: what would do that
   * would keep this class as long.
   */
  static TvmObject global(long handle) {
    return new TvmObject(handle, TypeCode.FUNCTION, false);
  }

  private static Cleaner releases(int code) {
    return code == TypeCode.OBJECT ? Trees.RELEASES : RELEASES;
  }

  long handle() {
    return handle;
  }

  int code() {
    return code;
  }

  /** Calls this packed function, giving null, Long, Double, Boolean, String, byte[], {@link DataType} or object. */
  public @Nullable Object invoke(@Nullable Object... arguments) {
    try (CallFrame frame = CallFrame.of(arguments)) {
      return frame.call(this);
    }
  }

  /** A field of this node, as TVM's Python would read it. */
  public @Nullable Object attribute(String name) {
    return Tvm.call("node.NodeGetAttr", this, name);
  }

  /** Element {@code index} of this TVM array. */
  public TvmObject at(int index) {
    return Tvm.object("runtime.ArrayGetItem", this, index);
  }

  /** Length of this TVM array. */
  public int size() {
    return ((Number) Tvm.call("runtime.ArraySize", this)).intValue();
  }

  @Override
  public void close() {
    release.clean();
  }

  /** TVMScript for a node, where the printer is there (the compiler's library). */
  @Override
  public String toString() {
    return code == TypeCode.OBJECT && Tvm.hasFunction("node.AsRepr")
        ? String.valueOf(Tvm.call("node.AsRepr", this))
        : "TvmObject(" + code + ")@" + Long.toHexString(handle);
  }

  /** Nodes, which only a compiler has. */
  private static final class Trees {
    /** Releasing the last reference to a deep tree recurses in C++, hence the stack: reserved, not committed. */
    private static final long STACK_BYTES = 256L << 20;

    static final Cleaner RELEASES = Cleaner.create(task -> {
      Thread thread = new Thread(null, task, "lowpass-tvm-release", STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    });
  }

  private record Release(long handle, int code) implements Runnable {
    @Override
    public void run() {
      if (code == TypeCode.ARRAY) {
        tvm_runtime.TVMArrayFree(new DLTensor(new Address(handle)));
      } else {
        tvm_runtime.TVMObjectFree(Address.object(handle));
      }
    }
  }
}

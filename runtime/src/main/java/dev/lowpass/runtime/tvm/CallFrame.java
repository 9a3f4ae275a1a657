package dev.lowpass.runtime.tvm;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tvm.TVMValue;
import org.bytedeco.tvm.global.tvm_runtime;
import org.jspecify.annotations.Nullable;

/**
 * The native memory of one packed call: arguments, their codes, room for the result. Frames of the usual size are
 * kept and reused, because building a TIR tree makes a hundred thousand calls.
 */
final class CallFrame implements AutoCloseable {
  private static final int USUAL_ARGUMENTS = 32;

  /** Not one a thread: threads that are others' would keep the frames, and with them their class loader, for ever. */
  private static final Queue<CallFrame> IDLE = new ConcurrentLinkedQueue<>();

  private final int capacity;
  private final LongPointer values;
  private final IntPointer codes;
  private final LongPointer result = Words.longs(2);
  private final IntPointer resultCode = Words.ints(1);
  private final TVMValue packedValues;
  private final TVMValue packedResult;

  /** Objects made for this call that must outlive it. */
  private final List<Object> held = new ArrayList<>(4);

  private int count;

  private CallFrame(int capacity) {
    this.capacity = capacity;
    this.values = Words.longs(capacity);
    this.codes = Words.ints(capacity);
    this.packedValues = new TVMValue(values);
    this.packedResult = new TVMValue(result);
  }

  static CallFrame of(@Nullable Object... arguments) {
    CallFrame idle = arguments.length <= USUAL_ARGUMENTS ? IDLE.poll() : null;
    CallFrame frame = idle != null ? idle : new CallFrame(Math.max(USUAL_ARGUMENTS, arguments.length));
    frame.count = arguments.length;
    for (int i = 0; i < arguments.length; i++) {
      frame.set(i, arguments[i]);
    }
    return frame;
  }

  void set(int index, @Nullable Object argument) {
    if (argument == null) {
      put(index, TypeCode.NULL, 0);
    } else if (argument instanceof TvmObject object) {
      held.add(object);
      put(index, object.code(), object.handle());
    } else if (argument instanceof DeviceTensor tensor) {
      held.add(tensor);
      put(index, TypeCode.TENSOR, tensor.address());
    } else if (argument instanceof Boolean truth) {
      put(index, TypeCode.BOOL, truth ? 1 : 0);
    } else if (argument instanceof Double || argument instanceof Float) {
      put(index, TypeCode.FLOAT, Double.doubleToRawLongBits(((Number) argument).doubleValue()));
    } else if (argument instanceof Number number) {
      put(index, TypeCode.INT, number.longValue());
    } else if (argument instanceof String text) {
      BytePointer copy = new BytePointer(text);
      held.add(copy);
      put(index, TypeCode.STRING, copy.address());
    } else if (argument instanceof DataType type) {
      put(index, TypeCode.DATA_TYPE, type.packed());
    } else if (argument instanceof Device device) {
      put(index, TypeCode.DEVICE, device.packed());
    } else if (argument instanceof List<?> list) {
      set(index, Tvm.array(list));
    } else if (argument instanceof Map<?, ?> map) {
      set(index, Tvm.map(map));
    } else {
      throw new IllegalArgumentException("TVM takes no argument of " + argument.getClass());
    }
  }

  private void put(int index, int code, long value) {
    values.put(index, value);
    codes.put(index, code);
  }

  @Nullable Object call(TvmObject function) {
    TvmObject returned = callRaw(function);
    return returned != null ? Tvm.unboxed(returned) : plainResult();
  }

  /** As {@link #call}, without unboxing of an object; null when the result is no object. */
  @Nullable TvmObject callRaw(TvmObject function) {
    Tvm.check(tvm_runtime.TVMFuncCall(
        Address.function(function.handle()), packedValues, codes, count, packedResult, resultCode));
    Reference.reachabilityFence(function);
    int code = resultCode.get(0);
    return TypeCode.isReference(code) ? new TvmObject(result.get(0), code) : null;
  }

  private @Nullable Object plainResult() {
    long value = result.get(0);
    switch (resultCode.get(0)) {
      case TypeCode.NULL:
        return null;
      case TypeCode.INT:
      case TypeCode.HANDLE:
        return value;
      case TypeCode.BOOL:
        return value != 0;
      case TypeCode.FLOAT:
        return Double.longBitsToDouble(value);
      case TypeCode.STRING:
        return new BytePointer(new Address(value)).getString();
      case TypeCode.BYTES:
        LongPointer dataAndSize = new LongPointer(new Address(value));
        byte[] bytes = new byte[Math.toIntExact(dataAndSize.get(1))];
        new BytePointer(new Address(dataAndSize.get(0))).get(bytes);
        return bytes;
      case TypeCode.DATA_TYPE:
        return DataType.unpacked(value);
      case TypeCode.DEVICE:
        return new Device((int) value, (int) (value >> 32));
      default:
        throw new TvmException("TVM returned a value of unknown code " + resultCode.get(0));
    }
  }

  @Override
  public void close() {
    for (Object object : held) {
      if (object instanceof Pointer pointer) {
        pointer.close();
      }
    }
    held.clear();
    if (capacity == USUAL_ARGUMENTS) {
      IDLE.add(this);
    }
  }
}

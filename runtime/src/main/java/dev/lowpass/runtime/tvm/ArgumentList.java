package dev.lowpass.runtime.tvm;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.tvm.TVMFunctionHandle;
import org.bytedeco.tvm.TVMValue;
import org.bytedeco.tvm.global.tvm_runtime;

/**
 * The arguments of a compiled function that is called again and again: tensors, with integers before or after them,
 * marshalled once. A call costs some 50 ns and allocates nothing. One thread at a time.
 */
public final class ArgumentList {
  private final TvmObject function;
  private final TVMFunctionHandle handle;
  /** Keeps what the calls point to. */
  private final DeviceTensor[] tensors;
  private final int count;
  private final LongPointer values;
  private final IntPointer codes;
  private final TVMValue packedValues;
  private final TVMValue result = new TVMValue(Words.longs(1));
  private final IntPointer resultCode = Words.ints(1);

  public ArgumentList(TvmObject function, DeviceTensor... tensors) {
    this(function, tensors, new int[0]);
  }

  public ArgumentList(TvmObject function, DeviceTensor[] tensors, int... numbers) {
    this(function, new int[0], tensors, numbers);
  }

  public ArgumentList(TvmObject function, int[] first, DeviceTensor[] tensors, int... last) {
    this.function = function;
    this.handle = Address.function(function.handle());
    this.tensors = tensors.clone();
    this.count = first.length + tensors.length + last.length;
    this.values = Words.longs(Math.max(1, count));
    this.codes = Words.ints(Math.max(1, count));
    this.packedValues = new TVMValue(values);
    for (int i = 0; i < first.length; i++) {
      set(i, first[i]);
    }
    for (int i = 0; i < tensors.length; i++) {
      put(first.length + i, tensors[i].address(), TypeCode.TENSOR);
    }
    for (int i = 0; i < last.length; i++) {
      set(first.length + tensors.length + i, last[i]);
    }
  }

  /** Replaces the integer at {@code index} for the calls to come. */
  public void set(int index, int number) {
    put(index, number, TypeCode.INT);
  }

  private void put(int index, long value, int code) {
    values.put(index, value);
    codes.put(index, code);
  }

  /** Calls the function; it must return nothing or a plain number, which is dropped. */
  public void call() {
    Tvm.check(tvm_runtime.TVMFuncCall(handle, packedValues, codes, count, result, resultCode));
    Reference.reachabilityFence(this);
  }

  TvmObject function() {
    return function;
  }
}

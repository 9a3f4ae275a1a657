package dev.lowpass.runtime.tvm;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.tvm.TVMFunctionHandle;
import org.bytedeco.tvm.TVMValue;
import org.bytedeco.tvm.global.tvm_runtime;

/**
 * The arguments of a compiled function that is called again and again: tensors, then integers, marshalled once. A call
 * costs some 50 ns and allocates nothing. One thread at a time.
 */
public final class ArgumentList {
  private final TvmObject function;
  private final TVMFunctionHandle handle;
  private final DeviceTensor[] tensors;
  private final int count;
  private final LongPointer values;
  private final IntPointer codes;
  private final TVMValue packedValues;
  private final TVMValue result = new TVMValue(1L);
  private final IntPointer resultCode = new IntPointer(1L);

  public ArgumentList(TvmObject function, DeviceTensor... tensors) {
    this(function, tensors, new int[0]);
  }

  public ArgumentList(TvmObject function, DeviceTensor[] tensors, int... numbers) {
    this.function = function;
    this.handle = Address.function(function.handle());
    this.tensors = tensors.clone();
    this.count = tensors.length + numbers.length;
    this.values = new LongPointer((long) Math.max(1, count));
    this.codes = new IntPointer((long) Math.max(1, count));
    this.packedValues = new TVMValue(values);
    for (int i = 0; i < tensors.length; i++) {
      set(i, tensors[i]);
    }
    for (int i = 0; i < numbers.length; i++) {
      values.put((long) tensors.length + i, numbers[i]);
      codes.put((long) tensors.length + i, TypeCode.INT);
    }
  }

  /** Replaces tensor {@code index} for the calls to come. */
  public void set(int index, DeviceTensor tensor) {
    tensors[index] = tensor;
    values.put(index, tensor.address());
    codes.put(index, TypeCode.TENSOR);
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

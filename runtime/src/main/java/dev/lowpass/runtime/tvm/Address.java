package dev.lowpass.runtime.tvm;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tvm.TVMFunctionHandle;
import org.bytedeco.tvm.TVMObjectHandle;

/** A JavaCPP pointer to a known address, which it neither owns nor frees. */
final class Address extends Pointer {
  Address(long value) {
    super((Pointer) null);
    address = value;
  }

  static TVMFunctionHandle function(long value) {
    return new TVMFunctionHandle(new Address(value));
  }

  static TVMObjectHandle object(long value) {
    return new TVMObjectHandle(new Address(value));
  }
}

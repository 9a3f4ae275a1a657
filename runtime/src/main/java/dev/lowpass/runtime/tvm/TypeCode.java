package dev.lowpass.runtime.tvm;

/** Tags of a packed argument: {@code TVMArgTypeCode} of TVM 0.18's {@code c_runtime_api.h}. */
final class TypeCode {
  static final int INT = 0;
  static final int FLOAT = 2;
  static final int HANDLE = 3;
  static final int NULL = 4;
  static final int DATA_TYPE = 5;
  static final int DEVICE = 6;
  static final int TENSOR = 7;
  static final int OBJECT = 8;
  static final int MODULE = 9;
  static final int FUNCTION = 10;
  static final int STRING = 11;
  static final int BYTES = 12;
  static final int ARRAY = 13;
  static final int BOOL = 15;

  private TypeCode() {}

  /** True when a value of this code owns a reference that its receiver must release. */
  static boolean isReference(int code) {
    return code == OBJECT || code == MODULE || code == FUNCTION || code == ARRAY;
  }
}

package dev.lowpass.runtime.tvm;

import java.util.function.Supplier;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tvm.TVMPackedCFunc;
import org.bytedeco.tvm.TVMValue;

/**
 * What TVM writes to C++'s error stream. When it first looks for OpenCL devices it warns of what is no fault of the
 * user's, with the path of a file on the machine that built it, and has no setting against that. But the stream itself
 * has one: while it believes that it has failed, it drops what it is given. Java's and C's error streams are others.
 */
final class Warnings {
  /** {@code std::cerr}, and {@code std::ios::clear}, which sets a stream's state. */
  private static final String STREAM = "_ZSt4cerr";

  private static final String SET_STATE = "_ZNSt9basic_iosIcSt11char_traitsIcEE5clearESt12_Ios_Iostate";

  private static final int GOOD = 0;
  private static final int BAD = 1;

  private Warnings() {}

  /** What {@code call} gives; its warnings are dropped, if the C++ library is the one that we know. */
  static synchronized <T> T dropped(Supplier<T> call) {
    setState(BAD);
    try {
      return call.get();
    } finally {
      setState(GOOD);
    }
  }

  private static void setState(int state) {
    Pointer stream = Loader.addressof(STREAM);
    Pointer function = Loader.addressof(SET_STATE);
    if (stream == null || function == null) {
      return;
    }
    // The state is in a virtual base; how far away, says the third word before the table of virtual functions.
    long table = new LongPointer(stream).get(0);
    long distance = new LongPointer(new Address(table)).get(-3);
    // The binding calls functions of five arguments only; who takes two does not look at the others.
    try (LongPointer called = new LongPointer(function.address(), 0)) {
      Pointer base = new Address(stream.address() + distance);
      new TVMPackedCFunc(called).call(new TVMValue(base), new IntPointer(new Address(state)), 0, null, null);
    }
  }
}

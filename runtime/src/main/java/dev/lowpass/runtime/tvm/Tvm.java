package dev.lowpass.runtime.tvm;

import dev.lowpass.runtime.natives.NativeLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.tvm.TVMFunctionHandle;
import org.bytedeco.tvm.global.tvm_runtime;
import org.jspecify.annotations.Nullable;

/**
 * TVM's global functions by name. The natives are loaded on first use; which functions there are depends on whether
 * they are the runtime's (some 200) or the compiler's (some 2900). Thread-safe. Errors are {@link TvmException} with
 * TVM's text, which for wrong arguments holds the C++ signature.
 */
public final class Tvm {
  static {
    NativeLibraries.ensureLoaded();
  }

  /** Handles of functions that live as long as the process: a cache of lookups, not state. */
  private static final Map<String, TvmObject> FUNCTIONS = new ConcurrentHashMap<>();

  private static final int STRING_TYPE = typeIndex("runtime.String");

  private Tvm() {}

  /** The global function {@code name}. */
  public static TvmObject function(String name) {
    return FUNCTIONS.computeIfAbsent(name, Tvm::lookUp);
  }

  public static boolean hasFunction(String name) {
    try {
      function(name);
      return true;
    } catch (TvmException absent) {
      return false;
    }
  }

  /** Calls the global function {@code name}; see {@link TvmObject#invoke} for what it returns. */
  public static @Nullable Object call(String name, @Nullable Object... arguments) {
    return function(name).invoke(arguments);
  }

  /** As {@link #call}, for functions that return an object. */
  public static TvmObject object(String name, @Nullable Object... arguments) {
    return (TvmObject) Objects.requireNonNull(call(name, arguments), name);
  }

  /** A TVM array; strings in it are boxed. */
  public static TvmObject array(List<?> elements) {
    List<Object> boxed = new ArrayList<>(elements.size());
    for (Object element : elements) {
      boxed.add(boxed(element));
    }
    return object("runtime.Array", boxed.toArray());
  }

  /** A TVM map, in the order of {@code entries}; strings among its values are boxed. */
  public static TvmObject map(Map<?, ?> entries) {
    List<Object> boxed = new ArrayList<>(2 * entries.size());
    entries.forEach((key, value) -> {
      boxed.add(key);
      boxed.add(boxed(value));
    });
    return object("runtime.Map", boxed.toArray());
  }

  /** {@code text} as an object, for places where TVM wants a node and not a C string. */
  public static TvmObject string(String text) {
    try (CallFrame frame = CallFrame.of(text)) {
      return Objects.requireNonNull(frame.callRaw(function("runtime.String")));
    }
  }

  private static Object boxed(Object value) {
    return value instanceof String text ? string(text) : value;
  }

  /** {@code runtime.String} becomes a Java string; every other object stays. */
  static @Nullable Object unboxed(TvmObject object) {
    if (object.code() != TypeCode.OBJECT || typeIndexOf(object) != STRING_TYPE) {
      return object;
    }
    try (object) {
      return call("runtime.GetFFIString", object);
    }
  }

  static void check(int status) {
    if (status != 0) {
      throw new TvmException(tvm_runtime.TVMGetLastError().getString());
    }
  }

  private static TvmObject lookUp(String name) {
    TVMFunctionHandle handle = new TVMFunctionHandle();
    check(tvm_runtime.TVMFuncGetGlobal(name, handle));
    if (handle.isNull()) {
      throw new TvmException("no global function " + name);
    }
    return TvmObject.global(handle.address());
  }

  /** The first field of every TVM object is its type's index. */
  private static int typeIndexOf(TvmObject object) {
    return new IntPointer(new Address(object.handle())).get(0);
  }

  private static int typeIndex(String key) {
    int[] index = new int[1];
    check(tvm_runtime.TVMObjectTypeKey2Index(key, index));
    return index[0];
  }
}

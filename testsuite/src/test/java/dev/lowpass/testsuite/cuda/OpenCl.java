package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.cuda.CudaException;
import dev.lowpass.runtime.natives.Natives;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Functions of OpenCL by their names. Arguments are ints, longs (for {@code size_t}, flags and addresses) and memory.
 * What is refused is a {@link CudaException} with OpenCL's number. To be called in {@link #within}.
 */
final class OpenCl {
  static final MemorySegment NONE = MemorySegment.NULL;

  private static final int SUCCESS = 0;

  /** Drivers that run on the processor keep arrays of kernels on the stack. */
  private static final long STACK_BYTES = 16L << 20;

  /** Drivers keep things for each thread that ever called them, and some crash where one ends: this one does not. */
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("lowpass-pocl").daemon().stackSize(STACK_BYTES).unstarted(task));

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library;
  private final Map<String, MethodHandle> functions = new LinkedHashMap<>();

  /** @throws CudaException where there is no library of the name */
  @SuppressWarnings("restricted")
  OpenCl() {
    try {
      library = SymbolLookup.libraryLookup(Natives.load().folder().resolve("libOpenCL.so.1"), Arena.global());
    } catch (IllegalArgumentException e) {
      throw new CudaException(e.getMessage());
    }
  }

  /** What {@code task} returns or throws, on the thread that makes all calls. Interrupts do not end the wait. */
  static <T> T within(Supplier<T> task) {
    try {
      return CompletableFuture.supplyAsync(task, THREAD).join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case RuntimeException cause -> cause;
        case Error error -> throw error;
        case Throwable other -> new IllegalStateException(other);
      };
    }
  }

  static void within(Runnable task) {
    within(
        () -> {
          task.run();
          return true;
        });
  }

  /** A function that returns whether it worked. */
  void call(String function, Object... arguments) {
    requireSuccess(function, status(function, arguments));
  }

  /** The same, for whom the number matters. */
  int status(String function, Object... arguments) {
    return (int) invoke(ValueLayout.JAVA_INT, function, arguments);
  }

  /** A function that returns an object, and whether it worked by its last parameter, which is added here. */
  MemorySegment create(String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      List<Object> all = new ArrayList<>(Arrays.asList(arguments));
      all.add(status);
      MemorySegment object = address(function, all.toArray());
      requireSuccess(function, status.get(ValueLayout.JAVA_INT, 0));
      return object;
    }
  }

  /** A function that returns an address. */
  MemorySegment address(String function, Object... arguments) {
    return (MemorySegment) invoke(ValueLayout.ADDRESS, function, arguments);
  }

  /** A text that is asked for by a function whose last three parameters are size, value and size. */
  String text(String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
      call(function, with(arguments, 0L, NONE, size));
      MemorySegment text = arena.allocate(size.get(ValueLayout.JAVA_LONG, 0) + 1);
      call(function, with(arguments, text.byteSize() - 1, text, NONE));
      return text.getString(0);
    }
  }

  /** A number of 64 bits that is asked for likewise. */
  long number(String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      call(function, with(arguments, value.byteSize(), value, NONE));
      return value.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** A number of 32 bits likewise. */
  int count(String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      call(function, with(arguments, value.byteSize(), value, NONE));
      return value.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /** Objects that are listed by a function whose last three parameters are how many, where, and how many there are. */
  List<MemorySegment> list(String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      // Where there are none, some say so by an error.
      if (status(function, with(arguments, 0, NONE, count)) != SUCCESS || count.get(ValueLayout.JAVA_INT, 0) == 0) {
        return List.of();
      }
      int there = count.get(ValueLayout.JAVA_INT, 0);
      MemorySegment objects = arena.allocate(ValueLayout.ADDRESS, there);
      call(function, with(arguments, there, objects, NONE));
      List<MemorySegment> list = new ArrayList<>();
      for (int i = 0; i < there; i++) {
        list.add(objects.getAtIndex(ValueLayout.ADDRESS, i));
      }
      return list;
    }
  }

  private static Object[] with(Object[] first, Object... more) {
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static void requireSuccess(String function, int status) {
    if (status != SUCCESS) {
      throw new CudaException(function + " gave " + status);
    }
  }

  @SuppressWarnings("restricted")
  private Object invoke(MemoryLayout result, String function, Object... arguments) {
    MethodHandle handle =
        functions.computeIfAbsent(
            function,
            name ->
                linker.downcallHandle(
                    library.findOrThrow(name),
                    FunctionDescriptor.of(
                        result, Arrays.stream(arguments).map(OpenCl::layout).toArray(MemoryLayout[]::new))));
    try {
      return handle.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static ValueLayout layout(Object argument) {
    return switch (argument) {
      case Integer _ -> ValueLayout.JAVA_INT;
      case Long _ -> ValueLayout.JAVA_LONG;
      case MemorySegment _ -> ValueLayout.ADDRESS;
      default -> throw new IllegalArgumentException(argument + " is nothing that OpenCL takes");
    };
  }
}

package dev.lowpass.codegen.build;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.runtime.natives.Natives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Functions in, the bytes of a shared library out. Each function becomes an object file of its own ({@link Function}
 * says why), a device's entries one together; several are compiled at once. The bytes depend on the functions and their
 * order alone.
 */
public final class LibraryBuilder {
  private final CpuTarget host;
  private final Set<String> names = new HashSet<>();
  private final List<ObjectFile> objects = new ArrayList<>();

  public LibraryBuilder(CpuTarget host) {
    this.host = host;
  }

  /** Adds a kernel or an entry that runs on the processor. Names are unique in a library. */
  public LibraryBuilder add(Function function) {
    claim(function.name());
    objects.add(new ObjectFile(List.of(function), host, ""));
    return this;
  }

  /** Adds all of {@code functions}, in their order. */
  public LibraryBuilder addAll(List<Function> functions) {
    functions.forEach(this::add);
    return this;
  }

  /**
   * Adds entries whose thread-bound loop nests become kernels of a device, launched one after the other. They share the
   * device's code, of which a library has one part.
   *
   * @param generator TVM's name of the device's code generator
   */
  public LibraryBuilder addDevice(String generator, List<Function> entries) {
    if (objects.stream().anyMatch(object -> !object.device().isEmpty())) {
      throw new IllegalArgumentException("a library has room for one device's code");
    }
    entries.forEach(entry -> claim(entry.name()));
    objects.add(new ObjectFile(entries, host, generator));
    return this;
  }

  private void claim(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two functions named " + name);
    }
  }

  /**
   * The shared library.
   *
   * @throws LowpassException LP4901 where TVM rejects a function, LP4902 where the linker fails
   */
  public byte[] build() {
    return build(Limits.usual(), _ -> {});
  }

  /**
   * The shared library.
   *
   * @param limits of which that of code is held
   * @param compiled hears how many functions are compiled
   * @throws LowpassException as {@link #build()}; LP1012 for more code than there may be
   */
  public byte[] build(Limits limits, IntConsumer compiled) {
    try {
      try (TemporaryFolder folder = TemporaryFolder.create("build")) {
        Linker linker = new Linker(Natives.load().folder().resolve("lld"));
        return linker.link(folder.path(), compile(folder.path(), limits, compiled));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> compile(Path folder, Limits limits, IntConsumer compiled) throws IOException {
    int workers = Math.min(objects.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, workers), DeepStack.THREADS)) {
      List<Future<List<Path>>> pending = new ArrayList<>();
      for (ObjectFile object : objects) {
        int index = pending.size();
        pending.add(threads.submit(() -> object.writeTo(folder, index)));
      }
      try {
        return collect(pending, limits, compiled);
      } finally {
        // Where one fails, those that have not begun would be for nothing.
        threads.shutdownNow();
      }
    }
  }

  private static List<Path> collect(List<Future<List<Path>>> pending, Limits limits, IntConsumer compiled)
      throws IOException {
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    for (int done = 0; done < pending.size(); done++) {
      for (Path object : await(pending.get(done))) {
        bytes += Files.size(object);
        files.add(object);
      }
      limits.check(Limit.CODE, "kernels", "the model's code", bytes);
      compiled.accept(done + 1);
    }
    return files;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException failure -> failure;
        // Of memory, most of all: that is no bug.
        case Error error -> throw error;
        case Throwable other -> new IllegalStateException(other);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LowpassException("LP4901", "compile", "interrupted");
    }
  }
}

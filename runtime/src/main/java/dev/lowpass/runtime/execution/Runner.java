package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A library's code bound to tensors, which stay the same from inference to inference, and to working memory of its own.
 * For one thread at a time.
 */
public final class Runner implements AutoCloseable {
  private final KernelLibrary library;
  private final Arena arena;
  private final DeviceTensor[] arguments;
  private final int workers;
  private final Execution execution;

  /**
   * Binds the tensors, each in the manifest's order.
   *
   * @param workers who share an inference, the caller among them
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  public Runner(KernelLibrary library, Collection<Tensor> inputs, Collection<Tensor> outputs, int workers) {
    this.library = library;
    this.workers = workers;
    this.arena = library.device().arena();
    this.arguments = new DeviceTensor[inputs.size() + outputs.size() + 2];
    try {
      bind(inputs, outputs);
      this.execution = library.device().execution(library, arguments, workers);
    } catch (TvmException e) {
      arena.close();
      throw new LowpassRuntimeException(5022, library.place(), e.summary(), e);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Plain loops here and in what it calls: in a fresh JVM each lambda costs a millisecond of the first session. */
  private void bind(Collection<Tensor> inputs, Collection<Tensor> outputs) {
    int next = 0;
    for (Tensor tensor : inputs) {
      arguments[next++] = arena.input(tensor);
    }
    for (Tensor tensor : outputs) {
      arguments[next++] = arena.output(tensor);
    }
    arguments[next++] = library.parameters();
    Manifest.Memory memory = library.manifest().memory();
    arguments[next] = arena.scratch(memory.scratchBytes(), memory.workerBytes(), workers);
  }

  private int steps() {
    return library.manifest().steps().size();
  }

  /**
   * One inference, from and to the bound tensors.
   *
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  public void run() {
    execution.within(() -> {
      arena.upload();
      execution.steps(0, steps());
      arena.download();
    });
  }

  /**
   * Times each step of an inference by itself, and each worker's share of it.
   *
   * @param runs how often, at least 1
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  public Profile profile(int runs) {
    Profiler profiler = new Profiler(library, execution, arena, arguments, workers, runs);
    List<Profile> profiles = new ArrayList<>();
    execution.within(() -> profiles.add(profiler.measure(library.manifest().steps())));
    return profiles.get(0);
  }

  /** Ends the workers and frees the working memory. To be called once, with nothing running. */
  @Override
  public void close() {
    execution.close();
    arena.close();
  }
}

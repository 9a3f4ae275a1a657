package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The code of one size bound to tensors, which stay the same from inference to inference. For one thread at a time; of
 * the runners of one {@link Runners} one runs at a time.
 */
public final class Runner implements AutoCloseable {
  private final KernelCode code;
  private final Workplace workplace;
  private final Arena arena;
  private final DeviceTensor[] arguments;
  private final Execution execution;

  Runner(KernelCode code, Workplace workplace, Collection<Tensor> inputs, Collection<Tensor> outputs) {
    this.code = code;
    this.workplace = workplace;
    this.arena = workplace.arena();
    this.arguments = new DeviceTensor[inputs.size() + outputs.size() + 2];
    try {
      bind(inputs, outputs);
      this.execution = workplace.execution(code, arguments);
    } catch (TvmException e) {
      arena.close();
      throw new LowpassRuntimeException(5022, code.place(), e.summary(), e);
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
    arguments[next++] = code.parameters();
    arguments[next] = workplace.scratch(code.size().memory());
  }

  /**
   * One inference, from and to the bound tensors.
   *
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  public void run() {
    execution.within(() -> {
      arena.upload();
      execution.steps(0, code.size().steps().size());
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
    Profiler profiler = new Profiler(code, execution, arena, arguments, workplace.workers(), runs);
    List<Profile> profiles = new ArrayList<>();
    execution.within(() -> profiles.add(profiler.measure(code.size().steps())));
    return profiles.get(0);
  }

  /** Gives back what is bound. To be called once, with nothing running. */
  @Override
  public void close() {
    execution.close();
    arena.close();
  }
}

package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Calls what TVM compiled for one size. */
final class TvmRunner implements Runner {
  private final KernelCode code;
  private final Workplace workplace;
  private final Arena arena;
  private final DeviceTensor[] arguments;
  private final Execution execution;

  /** Whether no output has memory in common with another tensor, as is so at first. */
  private boolean apart = true;

  TvmRunner(KernelCode code, Workplace workplace, Collection<Tensor> inputs, Collection<Tensor> outputs) {
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

  @Override
  public void run() {
    if (!apart) {
      requireApart();
    }
    execution.within(() -> {
      arena.upload();
      execution.steps(0, code.size().steps().size());
      arena.download();
    });
  }

  @Override
  public Profile profile(int runs) {
    Profiler profiler = new Profiler(code, execution, arena, arguments, workplace.workers(), runs);
    List<Profile> profiles = new ArrayList<>();
    execution.within(() -> profiles.add(profiler.measure(code.size().steps())));
    return profiles.get(0);
  }

  @Override
  public void bindInput(int input, long address) {
    throw elsewhere();
  }

  @Override
  public void bindOutput(int output, long address) {
    throw elsewhere();
  }

  @Override
  public void bindInput(int input, Tensor tensor) {
    bind(input, tensor);
  }

  @Override
  public void bindOutput(int output, Tensor tensor) {
    bind(code.size().inputs().size() + output, tensor);
  }

  private void bind(int index, Tensor tensor) {
    if (!arena.isInPlace()) {
      throw new LowpassRuntimeException(5020, code.place(), COPIED);
    }
    arguments[index].moveTo(arena.input(tensor));
    apart = false;
  }

  /** Kernels write an output before they have read all inputs. */
  private void requireApart() {
    int inputs = code.size().inputs().size();
    int ends = inputs + code.size().outputs().size();
    for (int output = inputs; output < ends; output++) {
      for (int other = 0; other < output; other++) {
        if (arguments[output].overlaps(arguments[other])) {
          throw new LowpassRuntimeException(5020, code.place(), "an output is bound to memory of an input or another output");
        }
      }
    }
    apart = true;
  }

  private LowpassRuntimeException elsewhere() {
    return new LowpassRuntimeException(
        5020, code.place(), "a tensor cannot be bound to memory of a CUDA device: this is not compiled for one");
  }

  @Override
  public void close() {
    execution.close();
    arena.close();
  }
}

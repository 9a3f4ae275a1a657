package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Launches one size's kernels: all of them as one sequence, or step by step to see what each takes. */
final class CudaRunner implements Runner {
  /** What kernels take for granted of every pointer. */
  private static final int ALIGNMENT = 64;

  private final CudaAccess access;
  private final Manifest.Size size;
  private final CudaDevice.Program program;
  private final long parameters;
  private final long scratch;
  private final CudaHoldings holdings;
  private final CudaTensors inputs;
  private final CudaTensors outputs;

  /** None where it is to be made first; guarded by {@link #access}, as all of this is. */
  private CudaDevice.@Nullable Sequence sequence;

  /**
   * To be called with the library's {@link CudaAccess}.
   *
   * @param scratch where it is on the device
   */
  CudaRunner(CudaLibrary library, int size, long scratch, Collection<Tensor> inputs, Collection<Tensor> outputs) {
    this.access = library.access();
    this.size = library.sizes().get(size);
    this.program = library.program(size);
    this.parameters = library.parameters();
    this.scratch = scratch;
    CudaDevice device = access.device();
    this.holdings = new CudaHoldings(device);
    try {
      this.inputs = new CudaTensors(device, holdings, inputs);
      this.outputs = new CudaTensors(device, holdings, outputs);
      this.sequence = program.sequence(calls());
      holdings.onClose(this::discard);
      holdings.onClose(this::settle);
    } catch (RuntimeException | Error e) {
      holdings.close();
      throw e;
    }
  }

  private List<CudaDevice.Call> calls() {
    return size.launches().stream().map(this::call).toList();
  }

  private CudaDevice.Call call(KernelLaunch launch) {
    List<Long> pointers = launch.arguments().stream().map(this::address).toList();
    return new CudaDevice.Call(launch.kernel(), launch.groups(), launch.items(), pointers);
  }

  private long address(KernelLaunch.Argument argument) {
    long start =
        switch (argument.area()) {
          case INPUT -> inputs.address(argument.index());
          case OUTPUT -> outputs.address(argument.index());
          case PARAMETERS -> parameters;
          case SCRATCH -> scratch;
        };
    return start + argument.offset();
  }

  @Override
  public void run() {
    access.run(() -> {
      inputs.upload();
      ready().launch();
      outputs.download();
      access.device().finish();
    });
  }

  private CudaDevice.Sequence ready() {
    if (sequence == null) {
      sequence = program.sequence(calls());
    }
    return sequence;
  }

  @Override
  public Profile profile(int runs) {
    return access.make(() -> {
      inputs.upload();
      access.device().finish();
      Profile profile = measure(runs);
      // Steps in order are an inference: who looks at the outputs finds them.
      outputs.download();
      access.device().finish();
      return profile;
    });
  }

  private Profile measure(int runs) {
    List<List<CudaDevice.Call>> calls = new ArrayList<>();
    size.steps().forEach(step -> calls.add(new ArrayList<>()));
    size.launches().forEach(launch -> calls.get(launch.step()).add(call(launch)));
    double[][] times = new double[calls.size()][runs];
    for (int run = 0; run < runs; run++) {
      for (int step = 0; step < times.length; step++) {
        times[step][run] = time(calls.get(step));
      }
    }
    List<Profile.Step> steps = new ArrayList<>();
    for (int step = 0; step < times.length; step++) {
      steps.add(new Profile.Step(size.steps().get(step), Profiler.median(times[step]), List.of()));
    }
    return new Profile(steps);
  }

  /** Microseconds, in which there is one wait for the device. */
  private double time(List<CudaDevice.Call> calls) {
    long start = System.nanoTime();
    calls.forEach(program::launch);
    access.device().finish();
    return (System.nanoTime() - start) / 1e3;
  }

  @Override
  public void bindInput(int input, long address) {
    bind(inputs, input, "input '" + size.inputs().get(input).name() + "'", address);
  }

  @Override
  public void bindOutput(int output, long address) {
    bind(outputs, output, "output '" + size.outputs().get(output).name() + "'", address);
  }

  @Override
  public void bindInput(int input, Tensor tensor) {
    throw copied();
  }

  @Override
  public void bindOutput(int output, Tensor tensor) {
    throw copied();
  }

  private LowpassRuntimeException copied() {
    return new LowpassRuntimeException(5020, access.place(), Runner.COPIED);
  }

  private void bind(CudaTensors tensors, int index, String what, long address) {
    if (address <= 0 || address % ALIGNMENT != 0) {
      String given = "0x" + Long.toHexString(address);
      throw new LowpassRuntimeException(
          5020, access.place(), what + " at address " + given + " of the device; a multiple of " + ALIGNMENT);
    }
    access.run(() -> {
      discard();
      tensors.bind(index, address);
    });
  }

  /** The sequence holds addresses. */
  private void discard() {
    if (sequence != null) {
      sequence.close();
      sequence = null;
    }
  }

  @Override
  public void close() {
    access.run(holdings::close);
  }

  /** What an inference that failed has begun must have ended before its memory goes. */
  private void settle() {
    try {
      access.device().finish();
    } catch (CudaException broken) {
      // It does nothing more, then.
    }
  }
}

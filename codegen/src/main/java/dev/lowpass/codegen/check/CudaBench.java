package dev.lowpass.codegen.check;

import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.artifact.KernelLaunch.Argument;
import dev.lowpass.runtime.cuda.CudaDevice;
import java.util.ArrayList;
import java.util.List;

/** Kernels that are launched one by one on a CUDA device. */
final class CudaBench implements Bench {
  private final Plan plan;
  private final List<KernelLaunch> launches;
  private final List<Area> areas;
  private final CudaDevice device;
  private final List<Long> addresses = new ArrayList<>();
  private final CudaDevice.Program program;

  /** @param device which it closes */
  CudaBench(CudaDevice device, CompiledPlan code, List<Area> areas) {
    this.plan = code.plan();
    this.launches = code.library().launches();
    this.areas = areas;
    this.device = device;
    try {
      areas.forEach(area -> addresses.add(device.allocate(Math.max(1, area.size()))));
      this.program = device.load(code.sections().code());
    } catch (RuntimeException e) {
      addresses.forEach(device::free);
      device.close();
      throw e;
    }
  }

  @Override
  public void run(int workers, int first, int end) {
    onDevice(
        () ->
            launches.stream()
                .filter(launch -> launch.step() >= first && launch.step() < end)
                .map(this::call)
                .forEach(program::launch));
  }

  @Override
  public void main(int workers) {
    try (CudaDevice.Sequence all = program.sequence(launches.stream().map(this::call).toList())) {
      onDevice(all::launch);
    }
  }

  private void onDevice(Runnable work) {
    for (int i = 0; i < areas.size(); i++) {
      upload(areas.get(i), addresses.get(i));
    }
    work.run();
    for (int i = 0; i < areas.size(); i++) {
      download(areas.get(i), addresses.get(i));
    }
    device.finish();
  }

  private void upload(Area area, long address) {
    if (area.size() > 0) {
      device.upload(address, area.bytes());
    }
  }

  private void download(Area area, long address) {
    if (area.size() > 0) {
      device.download(area.bytes(), address);
    }
  }

  private CudaDevice.Call call(KernelLaunch launch) {
    List<Long> pointers = launch.arguments().stream().map(this::pointer).toList();
    return new CudaDevice.Call(launch.kernel(), launch.groups(), launch.items(), pointers);
  }

  private long pointer(Argument argument) {
    int outputs = plan.inputs().size();
    int parameters = outputs + plan.outputs().size();
    int area =
        switch (argument.area()) {
          case INPUT -> argument.index();
          case OUTPUT -> outputs + argument.index();
          case PARAMETERS -> parameters;
          case SCRATCH -> parameters + 1;
        };
    return addresses.get(area) + argument.offset();
  }

  @Override
  public void close() {
    program.close();
    addresses.forEach(device::free);
    addresses.clear();
    device.close();
  }
}

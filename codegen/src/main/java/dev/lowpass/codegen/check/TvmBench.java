package dev.lowpass.codegen.check;

import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.NativeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A library in this process, which runs on the processor, or on a device by way of TVM. */
final class TvmBench implements Bench {
  private final Device device;
  private final NativeModule module;
  private final List<Area> areas;

  /** Copies of the areas on a device; none on the processor. */
  private final List<DeviceMemory> remotes = new ArrayList<>();

  private final DeviceTensor[] tensors;

  TvmBench(Device device, byte[] code, List<Area> areas) {
    this.device = device;
    this.areas = areas;
    this.module = load(code);
    this.tensors = new DeviceTensor[areas.size()];
    within(this::allocate);
  }

  private void allocate() {
    for (int i = 0; i < tensors.length; i++) {
      Area area = areas.get(i);
      if (isProcessor()) {
        tensors[i] = area.tensor();
      } else {
        remotes.add(DeviceMemory.allocate(device, area.size()));
        tensors[i] = remotes.get(i).tensor(area.type());
      }
    }
  }

  /** Runs {@code task} where native calls may be made. */
  private void within(Runnable task) {
    if (isProcessor()) {
      task.run();
    } else {
      DeviceThread.run(task);
    }
  }

  private boolean isProcessor() {
    return device.equals(Device.CPU);
  }

  private static NativeModule load(byte[] code) {
    try {
      // A folder from which libraries are known to load, where it may be written to.
      Path cache = Natives.load().folder().toAbsolutePath().getParent();
      Path folder = Files.isWritable(cache) ? cache : Path.of(System.getProperty("java.io.tmpdir"));
      Path file = Files.createTempFile(folder, "check-", ".so");
      try {
        Files.write(file, code);
        return NativeModule.load(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run(int workers, int first, int end) {
    if (!isProcessor()) {
      ArgumentList step = call("lowpass_step", 1, first);
      onDevice(
          () -> {
            for (int index = first; index < end; index++) {
              step.set(0, index);
              step.call();
            }
          });
      return;
    }
    call("lowpass_reset", workers).call();
    List<ArgumentList> parts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      parts.add(call("lowpass_work", workers, first, end, worker));
    }
    together(parts);
  }

  /** By the entry that does not know of single steps: TVM shares them out, or a device does. */
  @Override
  public void main(int workers) {
    ArgumentList main = call("lowpass_main", workers);
    onDevice(main::call);
  }

  private void onDevice(Runnable calls) {
    within(
        () -> {
          for (int i = 0; i < remotes.size(); i++) {
            remotes.get(i).copyFrom(areas.get(i).address(), areas.get(i).size());
          }
          calls.run();
          for (int i = 0; i < remotes.size(); i++) {
            remotes.get(i).copyTo(areas.get(i).address(), areas.get(i).size());
          }
        });
  }

  /** An entry to be called with {@code first} before the memory. */
  ArgumentList call(String entry, int workers, int... first) {
    return new ArgumentList(module.function(entry), first, tensors, workers);
  }

  private static void together(List<ArgumentList> parts) {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> others =
        parts.subList(1, parts.size()).stream()
            .map(
                part ->
                    Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                        .start(part::call))
            .toList();
    parts.getFirst().call();
    boolean interrupted = false;
    for (Thread other : others) {
      // Native code cannot be stopped half-way: whoever interrupts waits for it.
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.getFirst());
    }
  }

  @Override
  public void close() {
    within(
        () -> {
          module.close();
          remotes.forEach(DeviceMemory::close);
        });
  }
}

package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import dev.lowpass.runtime.tvm.TvmException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What TVM compiled: a shared library for each size. */
final class TvmLibrary implements KernelLibrary {
  /** Keeps the mapping of the parameters. */
  private final Artifact artifact;

  /** One a size. */
  private final List<NativeModule> modules;

  private final KernelDevice device;

  /** The parameters' copy on a device. */
  private final @Nullable DeviceMemory uploaded;

  private TvmLibrary(
      Artifact artifact, List<NativeModule> modules, KernelDevice device, @Nullable DeviceMemory uploaded) {
    this.artifact = artifact;
    this.modules = List.copyOf(modules);
    this.device = device;
    this.uploaded = uploaded;
  }

  /**
   * Loads a checked artifact's code for a device.
   *
   * @throws LowpassRuntimeException LP5010 where this runtime's natives do not load, LP5022 where the code does not,
   *     LP5023 where the device is missing
   */
  static TvmLibrary load(Artifact artifact, KernelDevice device) {
    Natives natives = Natives.load();
    device.requireHere(artifact);
    List<NativeModule> modules = new ArrayList<>();
    try {
      for (byte[] code : artifact.code()) {
        modules.add(loadCode(natives, artifact.place(), code));
      }
      return new TvmLibrary(artifact, modules, device, device.upload(artifact.parameters()));
    } catch (TvmException e) {
      modules.forEach(NativeModule::close);
      throw new LowpassRuntimeException(5022, artifact.place(), e.summary() + Natives.remedy(e.summary()), e);
    } catch (RuntimeException | Error e) {
      modules.forEach(NativeModule::close);
      throw e;
    }
  }

  private static NativeModule loadCode(Natives natives, String place, byte[] code) {
    try {
      return natives.loadCode(code, NativeModule::load);
    } catch (IOException e) {
      throw new LowpassRuntimeException(5001, place, "its code can be written nowhere: " + e, e);
    }
  }

  /** The code of a size, which is one of the manifest's, counted from 0. */
  KernelCode code(int size) {
    Manifest.Size described = artifact.manifest().sizes().get(size);
    DeviceTensor parameters = parameters(described.memory().parameterBytes());
    return new KernelCode(artifact.place(), described, modules.get(size), parameters);
  }

  /** The first {@code bytes} of the parameters. */
  private DeviceTensor parameters(long bytes) {
    return uploaded == null
        ? DeviceTensor.host(HostMemory.addressOf(artifact.parameters()), DataType.F32, bytes / DataType.F32.bytes())
        : uploaded.tensor(DataType.F32, bytes);
  }

  @Override
  public TvmRunners runners(int workers) {
    return new TvmRunners(this, workers);
  }

  /** What the sizes of a session share. */
  Workplace workplace(int workers) {
    return device.workplace(artifact, workers);
  }

  /** What messages name. */
  String place() {
    return artifact.place();
  }

  @Override
  public void close() {
    modules.forEach(NativeModule::close);
    if (uploaded != null) {
      uploaded.close();
    }
  }
}

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
import dev.lowpass.runtime.tvm.TvmObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An artifact's native side: its code in this process, its parameters where the kernels read them. The arguments of a
 * call are flat tensors: inputs, outputs, parameters and scratch, in this order, the arenas as {@code f32}; then the
 * number of workers, an integer.
 */
public final class KernelLibrary implements AutoCloseable {
  /** All steps: (arguments). On a processor with TVM's own workers. */
  static final String MAIN = "lowpass_main";

  /** On a device, one step: (step, arguments). */
  static final String STEP = "lowpass_step";

  /** On the processor, one worker's part of some steps: (first step, end, worker, arguments), after {@link #RESET}. */
  static final String WORK = "lowpass_work";

  /** Makes ready for {@link #WORK}: (arguments). */
  static final String RESET = "lowpass_reset";

  private static final String SHARE = "lowpass_share";

  /** Keeps the mapping of {@link #parameters}. */
  private final Artifact artifact;

  private final NativeModule module;
  private final KernelDevice device;
  private final DeviceTensor parameters;

  /** The parameters' copy on a device. */
  private final @Nullable DeviceMemory uploaded;

  private KernelLibrary(Artifact artifact, NativeModule module, KernelDevice device, @Nullable DeviceMemory uploaded) {
    this.artifact = artifact;
    this.module = module;
    this.device = device;
    this.uploaded = uploaded;
    this.parameters = uploaded == null ? onHost(artifact.parameters()) : uploaded.tensor(DataType.F32);
  }

  private static DeviceTensor onHost(ByteBuffer memory) {
    return DeviceTensor.host(HostMemory.addressOf(memory), DataType.F32, memory.capacity() / DataType.F32.bytes());
  }

  /**
   * Loads a checked artifact's code.
   *
   * @throws LowpassRuntimeException LP5010 where this runtime's natives do not load, LP5022 where the code does not,
   *     LP5023 where the device is missing
   */
  public static KernelLibrary load(Artifact artifact) {
    Natives natives = Natives.load();
    KernelDevice device = KernelDevice.of(artifact.manifest().target().device());
    device.requireHere(artifact);
    NativeModule module = null;
    DeviceMemory uploaded = null;
    try {
      module = loadCode(codeFolder(natives), artifact);
      uploaded = device.upload(artifact.parameters());
      return new KernelLibrary(artifact, module, device, uploaded);
    } catch (TvmException e) {
      if (uploaded != null) {
        uploaded.close();
      }
      if (module != null) {
        module.close();
      }
      throw new LowpassRuntimeException(5022, artifact.place(), e.summary() + Natives.remedy(e.summary()), e);
    }
  }

  /** The natives' cache, from which libraries are known to load; the usual place where that is not ours to write to. */
  private static Path codeFolder(Natives natives) {
    Path cache = natives.folder().toAbsolutePath().getParent();
    return Files.isWritable(cache) ? cache : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** The system's loader wants a file: a private one, and gone at once. */
  private static NativeModule loadCode(Path folder, Artifact artifact) {
    try {
      Path file = Files.createTempFile(folder, "code-", ".so");
      try {
        Files.write(file, artifact.code());
        return NativeModule.load(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      String problem = "its code cannot be written to " + folder + ": " + e;
      throw new LowpassRuntimeException(5001, artifact.place(), problem, e);
    }
  }

  /** An entry function. The caller's to close. */
  TvmObject function(String name) {
    return module.function(name);
  }

  /**
   * The function that runs one worker's share of one phase of a step on the calling thread: the numbers of step, phase
   * and worker come before the arguments of {@link #MAIN}. Devices have none.
   * The caller's to close.
   */
  Optional<TvmObject> share() {
    return module.find(SHARE);
  }

  /** What the artifact says about itself. */
  Manifest manifest() {
    return artifact.manifest();
  }

  /** What messages name. */
  String place() {
    return artifact.place();
  }

  KernelDevice device() {
    return device;
  }

  DeviceTensor parameters() {
    return parameters;
  }

  @Override
  public void close() {
    module.close();
    if (uploaded != null) {
      uploaded.close();
    }
  }
}

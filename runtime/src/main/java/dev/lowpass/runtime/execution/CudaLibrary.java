package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaException;
import dev.lowpass.runtime.cuda.CudaProperties;
import dev.lowpass.runtime.cuda.PtxKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Programs for a CUDA device: PTX for each size, which the driver compiles, and launches that the manifest lists. Each
 * library has a queue of its own on the device; its sessions take turns at that. TVM has no part in it.
 */
final class CudaLibrary implements KernelLibrary {
  private static final Pattern CAPABILITY = Pattern.compile("sm_(\\d{2,4})");

  private final Artifact artifact;
  private final CudaAccess access;
  private final CudaHoldings holdings;
  private final long parameters;

  /** One a size. */
  private final List<CudaDevice.Program> programs;

  private CudaLibrary(Artifact artifact, CudaAccess access, CudaHoldings holdings) {
    this.artifact = artifact;
    this.access = access;
    this.holdings = holdings;
    this.parameters = holdings.allocate(artifact.parameters().remaining());
    access.device().upload(parameters, artifact.parameters().duplicate());
    List<CudaDevice.Program> loaded = new ArrayList<>();
    for (byte[] ptx : artifact.code()) {
      loaded.add(holdings.load(ptx));
    }
    this.programs = List.copyOf(loaded);
    access.device().finish();
  }

  /**
   * Has the driver compile a checked artifact's code for its first device.
   *
   * @throws LowpassRuntimeException LP5002 where the artifact does not say what to launch, LP5022 with what the driver
   *     refuses, LP5023 where there is no device that it can run on
   */
  static CudaLibrary load(Artifact artifact, CudaDriver driver) {
    requireLaunches(artifact);
    driver.lack().ifPresent(lack -> {
      throw missing(artifact, lack);
    });
    CudaDevice device = open(artifact, driver);
    CudaHoldings holdings = new CudaHoldings(device);
    holdings.onClose(device::close);
    try {
      requireCapability(artifact, device.properties());
      CudaAccess access = new CudaAccess(artifact.place(), device);
      return access.make(() -> new CudaLibrary(artifact, access, holdings));
    } catch (RuntimeException | Error e) {
      holdings.close();
      throw e;
    }
  }

  private static CudaDevice open(Artifact artifact, CudaDriver driver) {
    try {
      return driver.open();
    } catch (CudaException e) {
      throw new LowpassRuntimeException(5022, artifact.place(), e.getMessage(), e);
    }
  }

  /** Where nothing is computed, there is nothing to launch. */
  private static void requireLaunches(Artifact artifact) {
    List<Manifest.Size> sizes = artifact.manifest().sizes();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i).launches().isEmpty() && !PtxKernels.isWithout(artifact.code().get(i))) {
        String problem = "is damaged: for a CUDA device, but lists no launches of its kernels; compile it again";
        throw new LowpassRuntimeException(5002, artifact.place(), problem);
      }
    }
  }

  /** Later devices run what was compiled for earlier ones. */
  private static void requireCapability(Artifact artifact, CudaProperties properties) {
    Matcher asked = CAPABILITY.matcher(artifact.manifest().target().name());
    if (asked.find() && properties.capability() < Integer.parseInt(asked.group(1))) {
      String own = "sm_" + properties.capability();
      throw missing(artifact, properties.name() + " is " + own + "; compile it for cuda:" + own);
    }
  }

  private static LowpassRuntimeException missing(Artifact artifact, String lack) {
    String problem = "compiled for " + artifact.manifest().target().name() + ", but " + lack;
    return new LowpassRuntimeException(5023, artifact.place(), problem);
  }

  @Override
  public CudaRunners runners(int workers) {
    return access.make(() -> new CudaRunners(this));
  }

  CudaAccess access() {
    return access;
  }

  List<Manifest.Size> sizes() {
    return artifact.manifest().sizes();
  }

  CudaDevice.Program program(int size) {
    return programs.get(size);
  }

  /** Where the parameters are on the device. */
  long parameters() {
    return parameters;
  }

  @Override
  public void close() {
    access.run(holdings::close);
  }
}

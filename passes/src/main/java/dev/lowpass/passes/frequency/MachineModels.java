package dev.lowpass.passes.frequency;

/** Models of the processors that there are kernels for. What {@code FitCosts} prints goes here. */
public final class MachineModels {
  /** An AVX-512 core of 215 GFLOP/s. */
  public static final MachineModel AVX512 =
      MachineModel.of("one AVX-512 core", 0.200, 3.03, 1.36, 0.374, 0.0880, 0.582, 0.239, 0.326);

  /** The same core as an AVX2 machine. */
  public static final MachineModel AVX2 =
      MachineModel.of("one AVX2 core", 0.395, 3.35, 0.932, 0.520, 0.257, 0.133, 0.398, 1.24);

  private MachineModels() {}
}

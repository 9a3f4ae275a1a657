package dev.lowpass.passes.frequency;

/** Models of the processors that there are kernels for. What {@code FitCosts} prints goes here. */
public final class MachineModels {
  /** An AVX-512 core of 215 GFLOP/s. */
  public static final MachineModel AVX512 =
      MachineModel.of(
          "one AVX-512 core", 0.194, 0.0143, 1.55, 2.90, 1.21, 0.221, 1.36, 0.107, 0.710, 0.288, 0.178, 0.2);

  /** The same core as an AVX2 machine. */
  public static final MachineModel AVX2 =
      MachineModel.of("one AVX2 core", 0.352, 0.05, 2.5, 3.0, 0.8, 0.4, 0.8, 0.16, 1, 0.5, 1.2, 1.2);

  private MachineModels() {}
}

package dev.lowpass.passes.frequency;

/** Models of the processors that there are kernels for. What {@code FitCosts} prints goes here. */
public final class MachineModels {
  /** An AVX-512 core that multiplies and adds at 170 to 215 GFLOP/s, as its clock allows. */
  public static final MachineModel AVX512 =
      MachineModel.of("one AVX-512 core", 0.186, 2.33, 1.35, 0.331, 0.107, 1.12, 0.233, 0.0554, 0.117);

  /** The same core as an AVX2 machine. */
  public static final MachineModel AVX2 =
      MachineModel.of("one AVX2 core", 0.395, 1.29, 0.895, 0.641, 0.298, 0.353, 0.331, 0.367, 0.217);

  private MachineModels() {}
}

package dev.lowpass.testsuite.cuda;

/** Kernels that have laws of their own, by what plans call their steps. */
enum KernelKind {
  PRODUCT,
  BANDED_PRODUCT,

  /** A depthwise convolution with the projection behind it: one kernel, where it is not several. */
  BLOCK,

  CONVOLUTION,
  DEPTHWISE,
  DCT,
  IDCT,

  /** What has an item for each element. */
  ELEMENTWISE;

  /** @param step as {@code Step.kind()} says it, perhaps with a precision behind a comma */
  static KernelKind of(String step) {
    String kind = step.split(",")[0];
    return switch (kind) {
      case "product", "product + pool" -> PRODUCT;
      case "banded product" -> BANDED_PRODUCT;
      case "convolution" -> CONVOLUTION;
      case "depthwise" -> DEPTHWISE;
      case "dct" -> DCT;
      case "idct", "idct + pool" -> IDCT;
      default -> kind.endsWith("depthwise + projection") ? BLOCK : ELEMENTWISE;
    };
  }
}

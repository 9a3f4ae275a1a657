package dev.lowpass.testsuite.cuda;

import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import java.util.List;

/** Kernels that have laws of their own, by what plans call their steps. */
enum KernelKind {
  PRODUCT,
  BANDED_PRODUCT,

  /** A depthwise convolution with the projection behind it: one kernel, where it is not several. */
  BLOCK,

  /** That, with the expansion before it. */
  WHOLE_BLOCK,

  CONVOLUTION,

  /** The first layer of most networks: what it reads lies row-major, as the caller gives it. */
  PICTURE_CONVOLUTION,

  GROUPED_CONVOLUTION,
  DEPTHWISE,
  DCT,
  IDCT,

  /** What has an item for each element. */
  ELEMENTWISE;

  /** Those with a product that may be on tensor cores. */
  static final List<KernelKind> ON_TENSOR_CORES = List.of(PRODUCT, BANDED_PRODUCT, BLOCK, CONVOLUTION);

  static KernelKind of(Step step) {
    if (step instanceof ConvolutionStep convolution) {
      boolean rowMajor = convolution.input().layout() instanceof Layout.RowMajor;
      return convolution.groups() > 1 ? GROUPED_CONVOLUTION : rowMajor ? PICTURE_CONVOLUTION : CONVOLUTION;
    }
    // Behind a comma is a precision.
    String kind = step.kind().split(",")[0];
    return switch (kind) {
      case "product", "product + pool" -> PRODUCT;
      case "banded product" -> BANDED_PRODUCT;
      case "depthwise" -> DEPTHWISE;
      case "dct" -> DCT;
      case "idct", "idct + pool" -> IDCT;
      case "expansion + depthwise + projection" -> WHOLE_BLOCK;
      default -> kind.endsWith("depthwise + projection") ? BLOCK : ELEMENTWISE;
    };
  }
}

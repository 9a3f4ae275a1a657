package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * An operator that means the same on coefficients as on samples, so that a transform may pass through it.
 *
 * <p>A block transform is linear and acts on each channel alone, so whatever combines channels linearly commutes with
 * it.
 */
public interface CommutesWithTransform {
  /**
   * The operands that would be coefficients if a transform passed through; the others (weights, scales) stay spatial.
   */
  List<Integer> transformed(List<TensorType> operands);

  /** Whether a transform may pass through for operands of these types. */
  boolean commutes(List<TensorType> operands);
}

package dev.lowpass.passes.cost;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What kernels spend time on, as far as the cost model tells it apart. A vector is 16 float32 values side by side, of
 * channels of one position: one register of AVX-512, two of AVX2. Channels that fill up the last vector count, of a
 * product's outputs those that fill up half of one.
 */
public enum CostTerm {
  /** Multiply-adds of vectors in pointwise products. */
  PRODUCT,
  /** Vectors that pointwise products write, samples or coefficients: what weighs where there are few inputs. */
  PRODUCT_RESULT,
  /**
   * Vectors of weights that a product waits for in part: a panel of them does not fit the first-level cache. Others are
   * fetched in time.
   */
  FAR_WEIGHTS,
  /** Vectors of weights that are used once, for a single row, so that there is nothing to compute while they come. */
  STREAMED_WEIGHTS,
  /** Vectors of maps that are too large for the second-level cache. */
  FAR_MAP,
  /** Operations on vectors in block transforms, both directions. */
  TRANSFORM,
  /** Multiply-adds of vectors in depthwise convolutions. */
  DEPTHWISE,
  /** Vectors of a depthwise convolution's input: written by the producer, read for each row of the kernel. */
  DEPTHWISE_INPUT,
  /** Multiply-adds of vectors in other convolutions. */
  CONVOLUTION,
  /** Vectors that everything else reads: mostly functions of one element in other kernels' epilogues. */
  ELEMENT,
  /** Multiply-adds of vectors in products that leave out zeros, those that are left out included. */
  SKIPPING_PRODUCT,
  /** Multiply-adds of vectors in products made of halves, those that are saved included. */
  HALVED_PRODUCT;

  /** As files and people write it: {@code far-weights}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The term that {@code word} names, if it names one. */
  public static Optional<CostTerm> of(String word) {
    return Arrays.stream(values()).filter(term -> term.word().equals(word)).findFirst();
  }
}

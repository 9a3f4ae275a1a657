package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Layout;

/**
 * The rows that a product takes together.
 *
 * @param ofImages whether the rows are images, each of one position: else weights would be read for every image
 */
record ProductGeometry(Layout.Slabbed input, Layout.Slabbed output, boolean ofImages) {
  static ProductGeometry of(ProductStep step) {
    Layout.Slabbed input = step.input().slabbed();
    return new ProductGeometry(input, step.output().slabbed(), input.rows() == 1 && input.batch() > 1);
  }

  /** How many times there are {@link #rows}. */
  int images() {
    return ofImages ? 1 : input.batch();
  }

  int rows() {
    return ofImages ? input.batch() : input.rows();
  }

  /** Rows of one group of a band. */
  int rowsOfGroup() {
    return ofImages ? input.batch() : input.rowsOfGroup();
  }

  /** Whether the first rows alone have a bias: those of the coefficient that is a mean. */
  boolean hasBiasAtFirst() {
    return input instanceof Layout.Coefficients && !ofImages;
  }

  Pitch inputPitch() {
    return pitch(input);
  }

  Pitch outputPitch() {
    return pitch(output);
  }

  private Pitch pitch(Layout.Slabbed layout) {
    return ofImages ? Pitch.ofImages(layout.slabs()) : Pitch.ofSlabs(layout.rows());
  }
}

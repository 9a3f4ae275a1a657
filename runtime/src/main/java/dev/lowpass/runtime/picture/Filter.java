package dev.lowpass.runtime.picture;

import java.util.Locale;

/** How samples of a picture at another size are worked out; pixel centres lie at half integers. */
public enum Filter {
  /**
   * Between the four nearest samples, rounded once to whole samples: the rule of OpenCV's INTER_LINEAR, without its
   * fixed-point arithmetic. A picture that shrinks by more than half skips samples.
   */
  BILINEAR {
    @Override
    Picture resampled(Picture picture, Window window) {
      return Bilinear.resampled(picture, window);
    }
  },

  /** A triangle, as wide as two samples of the smaller picture: the rule of Pillow's and torchvision's BILINEAR. */
  ANTIALIAS {
    @Override
    Picture resampled(Picture picture, Window window) {
      return Antialiased.resampled(picture, window, ResamplingKernel.TRIANGLE);
    }
  },

  /** Keys' cubic with a = -0.5, widened like {@link #ANTIALIAS}: the rule of Pillow's and torchvision's BICUBIC. */
  BICUBIC {
    @Override
    Picture resampled(Picture picture, Window window) {
      return Antialiased.resampled(picture, window, ResamplingKernel.CUBIC);
    }
  };

  abstract Picture resampled(Picture picture, Window window);

  /** The part {@code window} of the resized {@code picture}; a picture that has the size already is left as it is. */
  Picture resample(Picture picture, Window window) {
    return window.isAllOf(picture) ? picture : resampled(picture, window);
  }

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.lowpass.runtime.picture;

/**
 * A part of a picture after it was brought to another size; the rest of that size is never computed.
 *
 * @param wholeWidth width of the whole resized picture
 * @param wholeHeight its height
 * @param left the part's first column
 * @param top the part's first row
 */
record Window(long wholeWidth, long wholeHeight, long left, long top, int width, int height) {
  Window {
    if (width < 1 || height < 1 || left < 0 || top < 0 || left + width > wholeWidth || top + height > wholeHeight) {
      throw new IllegalArgumentException(
          "%dx%d at %d, %d of %dx%d".formatted(width, height, left, top, wholeWidth, wholeHeight));
    }
  }

  static Window whole(int width, int height) {
    return new Window(width, height, 0, 0, width, height);
  }

  /** Whether it is all of {@code picture} at the size it has. */
  boolean isAllOf(Picture picture) {
    return width == wholeWidth && height == wholeHeight && width == picture.width() && height == picture.height();
  }
}

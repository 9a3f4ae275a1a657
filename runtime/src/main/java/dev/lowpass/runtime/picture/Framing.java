package dev.lowpass.runtime.picture;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a picture of any size becomes one of a network's size. */
public sealed interface Framing {
  /** What {@link #parse} takes. */
  String FORMS = "stretch, crop, crop:N, pad";

  /**
   * Where a picture lies in a network's input.
   *
   * @param left column of the input where {@code window} begins
   * @param top row of the input where it begins
   */
  record Placement(Window window, int left, int top) {}

  /**
   * Where {@code picture} goes in an input of this size.
   *
   * @throws LowpassRuntimeException LP5031 if a crop is smaller than the input
   */
  Placement place(Picture picture, int height, int width);

  /** The whole picture, each axis by its own factor. */
  record Stretch() implements Framing {
    @Override
    public Placement place(Picture picture, int height, int width) {
      return new Placement(Window.whole(width, height), 0, 0);
    }

    @Override
    public String toString() {
      return "stretch";
    }
  }

  /**
   * The middle of the picture after its shorter side was brought to a length: torchvision's Resize and CenterCrop.
   *
   * @param shorterSide in samples; if there is none, 256/224 of the input's longer side
   */
  record Crop(OptionalInt shorterSide) implements Framing {
    @Override
    public Placement place(Picture picture, int height, int width) {
      int longest = Math.max(height, width);
      long side = shorterSide.orElseGet(() -> (int) Math.round(longest * 256 / 224.0));
      if (side < longest) {
        throw new LowpassRuntimeException(
            5031, toString(), "is smaller than the input %dx%d; crop alone fits".formatted(height, width));
      }
      int shorter = Math.min(picture.width(), picture.height());
      long wholeWidth = side * picture.width() / shorter;
      long wholeHeight = side * picture.height() / shorter;
      long left = (long) Math.rint((wholeWidth - width) / 2.0);
      long top = (long) Math.rint((wholeHeight - height) / 2.0);
      return new Placement(new Window(wholeWidth, wholeHeight, left, top, width, height), 0, 0);
    }

    @Override
    public String toString() {
      return shorterSide.isPresent() ? "crop:" + shorterSide.getAsInt() : "crop";
    }
  }

  /** The whole picture in its proportions, in the middle of the input; around it the colour that means 0. */
  record Pad() implements Framing {
    @Override
    public Placement place(Picture picture, int height, int width) {
      double factor = Math.min((double) width / picture.width(), (double) height / picture.height());
      int newWidth = (int) Math.max(1, Math.min(width, Math.round(picture.width() * factor)));
      int newHeight = (int) Math.max(1, Math.min(height, Math.round(picture.height() * factor)));
      return new Placement(Window.whole(newWidth, newHeight), (width - newWidth) / 2, (height - newHeight) / 2);
    }

    @Override
    public String toString() {
      return "pad";
    }
  }

  /**
   * Reads what {@link Object#toString} writes.
   *
   * @throws IllegalArgumentException for text that is none of {@link #FORMS}
   */
  static Framing parse(String text) {
    Matcher matcher = Pattern.compile("stretch|pad|crop(?::([1-9][0-9]{0,4}))?").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is none of " + FORMS);
    }
    return switch (text) {
      case "stretch" -> new Stretch();
      case "pad" -> new Pad();
      case "crop" -> new Crop(OptionalInt.empty());
      default -> new Crop(OptionalInt.of(Integer.parseInt(matcher.group(1))));
    };
  }
}

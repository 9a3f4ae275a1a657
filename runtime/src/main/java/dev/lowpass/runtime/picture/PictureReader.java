package dev.lowpass.runtime.picture;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pictures: JPEG, PNG, BMP and GIF (its first picture) with the JDK's decoders, WebP and what the JDK does not
 * take of JPEG (CMYK, odd colour profiles) with those of TwelveMonkeys, where the program has them.
 *
 * <p>Samples are taken as the file stores them. The orientation that EXIF may ask for is ignored, as Pillow,
 * torchvision and TensorFlow ignore it, so that accuracies can be compared with theirs; photos from a phone have to be
 * turned upright before.
 */
public final class PictureReader {
  /** Of an encoded picture: the most pixels, uncompressed, at four bytes each and more. */
  public static final int MAX_BYTES = 1 << 29;

  /** A decoder would allocate what a header claims: a picture of more pixels is refused before that. */
  private static final long MAX_PIXELS = 100_000_000;

  /** Time to resample grows with a side; no JPEG has a longer one. */
  private static final int MAX_SIDE = 65_535;

  private static final String FORMATS = "JPEG, PNG, BMP, GIF, WebP";

  private PictureReader() {}

  /**
   * Reads a picture.
   *
   * @param place where it is from, for the message
   * @param encoded a file's bytes
   * @throws LowpassRuntimeException LP5030 if it is none that we read, damaged, or larger than we read
   */
  public static Picture read(String place, byte[] encoded) {
    if (encoded.length > MAX_BYTES) {
      throw refused(place, encoded.length + " bytes; at most " + MAX_BYTES, null);
    }
    List<ImageReader> readers = readers(encoded);
    if (readers.isEmpty()) {
      throw refused(place, "not a picture that we read: " + FORMATS, null);
    }
    LowpassRuntimeException first = null;
    for (ImageReader reader : readers) {
      try {
        return decode(place, encoded, reader);
      } catch (LowpassRuntimeException e) {
        first = first == null ? e : first;
      } finally {
        reader.dispose();
      }
    }
    throw first;
  }

  /** The decoders that take the bytes for theirs, the JDK's first: others round differently. */
  private static List<ImageReader> readers(byte[] encoded) {
    List<ImageReader> readers = new ArrayList<>();
    ImageIO.getImageReaders(new FiniteStream(encoded)).forEachRemaining(readers::add);
    readers.sort(Comparator.comparing(reader -> !isOfTheJdk(reader)));
    return readers;
  }

  private static boolean isOfTheJdk(ImageReader reader) {
    return "java.desktop".equals(reader.getClass().getModule().getName());
  }

  private static ImageInputStream stream(byte[] encoded, ImageReader reader) {
    return isOfTheJdk(reader)
        ? new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))
        : new FiniteStream(encoded);
  }

  private static Picture decode(String place, byte[] encoded, ImageReader reader) {
    try (ImageInputStream stream = stream(encoded, reader)) {
      reader.setInput(stream, true, true);
      check(place, reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0, withInks(reader));
      check(place, image.getWidth(), image.getHeight());
      return Picture.of(image);
    } catch (LowpassRuntimeException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders throw all kinds of exceptions for damaged files.
      throw refused(place, "damaged picture: " + reason(e), e);
    }
  }

  /** Inks are left as they are: their conversion by colour profiles differs from one machine to the next. */
  private static ImageReadParam withInks(ImageReader reader) throws IOException {
    ImageReadParam parameters = reader.getDefaultReadParam();
    if (!isOfTheJdk(reader)) {
      Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
      while (types.hasNext()) {
        ImageTypeSpecifier type = types.next();
        if (type.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
          parameters.setDestinationType(type);
          return parameters;
        }
      }
    }
    return parameters;
  }

  private static void check(String place, int width, int height) {
    long pixels = (long) width * height;
    if (pixels > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
      String problem = "%dx%d pixels; at most %d, and %d a side".formatted(width, height, MAX_PIXELS, MAX_SIDE);
      throw refused(place, problem, null);
    }
  }

  private static LowpassRuntimeException refused(String place, String problem, @Nullable Exception cause) {
    return new LowpassRuntimeException(5030, place, problem, cause);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return e instanceof EOFException ? "it ends too early" : message == null ? e.getClass().getSimpleName() : message;
  }
}

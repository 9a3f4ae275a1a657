package dev.lowpass.cli.data.picture;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes picture files: JPEG, PNG, BMP and GIF (its first picture) with the JDK's decoders, WebP and what the JDK does
 * not take of JPEG (CMYK, odd colour profiles) with those of TwelveMonkeys.
 *
 * <p>Samples are taken as the file stores them. The orientation that EXIF may ask for is ignored, as Pillow,
 * torchvision and TensorFlow ignore it, so that accuracies can be compared with theirs; photos from a phone have to be
 * turned upright before.
 */
public final class PictureReader {
  /** A decoder would allocate what a header claims: a picture of more pixels is refused before that. */
  private static final long MAX_PIXELS = 100_000_000;

  /** Time to resample grows with a side; no JPEG has a longer one. */
  private static final int MAX_SIDE = 65_535;

  /** Of a file that is read as a whole. */
  private static final long MAX_BYTES = 1 << 28;

  private static final String FORMATS = "JPEG, PNG, BMP, GIF, WebP";

  private PictureReader() {}

  /**
   * Reads a picture.
   *
   * @throws LowpassException LP7011 if it is none that we read, damaged, or larger than we read
   * @throws IOException if there is no such file, it is a pipe or a device, or it cannot be opened
   */
  public static Picture read(Path file) throws IOException {
    InputFile.require(file);
    List<ImageReader> readers = readers(file);
    if (readers.isEmpty()) {
      throw new LowpassException("LP7011", file.toString(), "not a picture that we read: " + FORMATS);
    }
    LowpassException first = null;
    for (ImageReader reader : readers) {
      try {
        return decode(file, reader);
      } catch (LowpassException e) {
        first = first == null ? e : first;
      } finally {
        reader.dispose();
      }
    }
    throw first;
  }

  /** The decoders that take the file for theirs, the JDK's first: others round differently. */
  private static List<ImageReader> readers(Path file) throws IOException {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      List<ImageReader> readers = new ArrayList<>();
      if (stream != null) {
        ImageIO.getImageReaders(stream).forEachRemaining(readers::add);
      }
      readers.sort(Comparator.comparing(reader -> !isOfTheJdk(reader)));
      return readers;
    }
  }

  private static boolean isOfTheJdk(ImageReader reader) {
    return "java.desktop".equals(reader.getClass().getModule().getName());
  }

  private static ImageInputStream stream(Path file, ImageReader reader) throws IOException {
    if (isOfTheJdk(reader)) {
      return ImageIO.createImageInputStream(file.toFile());
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new LowpassException("LP7011", file.toString(), Files.size(file) + " bytes; at most " + MAX_BYTES);
    }
    return new FiniteStream(Files.readAllBytes(file));
  }

  private static Picture decode(Path file, ImageReader reader) throws IOException {
    try (ImageInputStream stream = stream(file, reader)) {
      reader.setInput(stream, true, true);
      check(file, reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0, withInks(reader));
      check(file, image.getWidth(), image.getHeight());
      return Picture.of(image);
    } catch (LowpassException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders throw all kinds of exceptions for damaged files.
      throw new LowpassException("LP7011", file.toString(), "damaged picture: " + reason(e), e);
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

  private static void check(Path file, int width, int height) {
    long pixels = (long) width * height;
    if (pixels > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
      throw new LowpassException(
          "LP7011",
          file.toString(),
          "%dx%d pixels; at most %d, and %d a side".formatted(width, height, MAX_PIXELS, MAX_SIDE));
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return e instanceof EOFException ? "it ends too early" : message == null ? e.getClass().getSimpleName() : message;
  }
}

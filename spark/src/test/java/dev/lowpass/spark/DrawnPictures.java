package dev.lowpass.spark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures, the same ones each time. */
final class DrawnPictures {
  private DrawnPictures() {}

  /** Writes {@code count} pictures of some 24x18 into {@code folder}, by name in the order of the result. */
  static List<byte[]> write(Path folder, int count) throws IOException {
    List<byte[]> pictures = draw(count);
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve("%05d".formatted(i)), pictures.get(i));
    }
    return pictures;
  }

  /** Draws {@code count} of them, as files have them. */
  static List<byte[]> draw(int count) throws IOException {
    Random random = new Random(7);
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(encoded(random, i % 3 == 0 ? "jpg" : "png"));
    }
    return pictures;
  }

  private static byte[] encoded(Random random, String format) throws IOException {
    BufferedImage image = new BufferedImage(20 + random.nextInt(9), 14 + random.nextInt(9), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int shape = 0; shape < 5; shape++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillOval(random.nextInt(20) - 4, random.nextInt(16) - 4, 1 + random.nextInt(16), 1 + random.nextInt(16));
    }
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }
}

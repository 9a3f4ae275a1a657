package dev.lowpass.cli.demo;

import dev.lowpass.runtime.picture.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Draws lines of text in many looks: fonts, sizes, colours, slants, blur, noise. The same seed draws the same lines.
 */
final class LineArtist {
  private final List<Typeface> typefaces;

  LineArtist(List<Typeface> typefaces) {
    this.typefaces = List.copyOf(typefaces);
  }

  /** {@code count} lines, half of them upside down. */
  List<DrawnLine> draw(long seed, int count) throws IOException {
    List<DrawnLine> lines = new ArrayList<>();
    draw(seed, count, lines::add);
    return lines;
  }

  /** The same, one after the other: of some thousand lines the pictures take gigabytes. */
  void draw(long seed, int count, Consumer<DrawnLine> lines) throws IOException {
    draw(seed, count, i -> i % 2 == 1, lines);
  }

  /** {@code count} lines, all upright. */
  List<DrawnLine> drawUpright(long seed, int count) throws IOException {
    List<DrawnLine> lines = new ArrayList<>();
    draw(seed, count, _ -> false, lines::add);
    return lines;
  }

  private void draw(long seed, int count, IntPredicate upsideDown, Consumer<DrawnLine> lines) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      lines.accept(draw(random.split(), upsideDown.test(i)));
    }
  }

  private DrawnLine draw(SplittableRandom random, boolean upsideDown) throws IOException {
    String text = Phrases.next(random);
    double size = random.nextDouble(16, 44);
    Shape outline = placed(typefaces.get(random.nextInt(typefaces.size())).outline(text), size, random);
    Rectangle2D bounds = outline.getBounds2D();
    double margin = size * random.nextDouble(0.1, 0.35);
    int width = (int) Math.ceil(bounds.getWidth() + 2 * margin);
    int height = (int) Math.ceil(bounds.getHeight() + 2 * margin);
    AffineTransform place = AffineTransform.getTranslateInstance(margin - bounds.getX(), margin - bounds.getY());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    paint(image, place.createTransformedShape(outline), random);
    Picture picture = new Grain(random).applied(Picture.of(image));
    return new DrawnLine(text, upsideDown ? rotated(picture) : picture, upsideDown);
  }

  /** At its size, a little turned, sheared and stretched, as by a camera that is not held straight. */
  private static Shape placed(Path2D outline, double size, SplittableRandom random) {
    AffineTransform transform = AffineTransform.getRotateInstance(Math.toRadians(random.nextDouble(-3, 3)));
    transform.shear(random.nextDouble(-0.15, 0.15), 0);
    transform.scale(size * random.nextDouble(0.85, 1.15), size);
    return transform.createTransformedShape(outline);
  }

  private static void paint(BufferedImage image, Shape outline, SplittableRandom random) {
    boolean darkOnLight = random.nextInt(3) > 0;
    Color light = colour(random, 140, 256);
    Color dark = colour(random, 0, 110);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(darkOnLight ? light : dark);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(darkOnLight ? dark : light);
    graphics.fill(outline);
    graphics.dispose();
  }

  private static Color colour(SplittableRandom random, int from, int to) {
    return new Color(random.nextInt(from, to), random.nextInt(from, to), random.nextInt(from, to));
  }

  private static Picture rotated(Picture picture) {
    int[] samples = new int[picture.samples().length];
    int pixels = samples.length / 3;
    for (int i = 0; i < pixels; i++) {
      System.arraycopy(picture.samples(), 3 * i, samples, 3 * (pixels - 1 - i), 3);
    }
    return new Picture(picture.width(), picture.height(), samples);
  }
}

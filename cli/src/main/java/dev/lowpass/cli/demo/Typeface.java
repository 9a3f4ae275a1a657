package dev.lowpass.cli.demo;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A font as outlines, from the class path. The JDK's own text drawing depends on the fonts, the fontconfig and the
 * FreeType of the machine, all of which a bare server lacks; outlines filled by Java2D look the same everywhere, and so
 * the demo's numbers are.
 */
final class Typeface {
  private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";
  private static final List<String> FILES =
      List.of(
          "DejaVuSans",
          "DejaVuSans-Bold",
          "DejaVuSans-Oblique",
          "DejaVuSansCondensed",
          "DejaVuSansCondensed-Bold",
          "DejaVuSansMono",
          "DejaVuSansMono-Bold",
          "DejaVuSerif",
          "DejaVuSerif-Bold",
          "DejaVuSerif-Italic",
          "DejaVuSerifCondensed",
          "DejaVuSerifCondensed-BoldItalic");

  private final String name;
  private final TrueTypeFont font;
  private final double unitsPerEm;

  private Typeface(String name, TrueTypeFont font) throws IOException {
    this.name = name;
    this.font = font;
    this.unitsPerEm = font.getUnitsPerEm();
  }

  /** The DejaVu family: sans, serif and monospaced, condensed, bold and slanted. */
  static List<Typeface> all() throws IOException {
    List<Typeface> all = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream stream = Typeface.class.getResourceAsStream(FOLDER + file + ".ttf")) {
        if (stream == null) {
          throw new IllegalStateException("the fonts are not on the class path: " + FOLDER + file);
        }
        all.add(new Typeface(file, new TTFParser().parse(new RandomAccessReadBuffer(stream))));
      }
    }
    return List.copyOf(all);
  }

  /** The outline of {@code text}, 1 em high, the baseline's start at (0, 0), y downwards; without kerning. */
  Path2D outline(String text) throws IOException {
    Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double x = 0;
    for (int i = 0; i < text.length(); i++) {
      int glyph = font.getUnicodeCmapLookup().getGlyphId(text.charAt(i));
      AffineTransform place = AffineTransform.getTranslateInstance(x, 0);
      place.scale(1 / unitsPerEm, -1 / unitsPerEm);
      outline.append(font.getGlyph().getGlyph(glyph).getPath().getPathIterator(place), false);
      x += font.getAdvanceWidth(glyph) / unitsPerEm;
    }
    return outline;
  }

  @Override
  public String toString() {
    return name;
  }
}

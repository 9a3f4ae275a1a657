package dev.lowpass.cli.demo;

import dev.lowpass.cli.view.Svg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * Some lines as they were drawn, and beside each what was read, mistakes marked; an SVG that follows the reader's light
 * or dark mode and holds the pictures.
 *
 * @param count how many lines, from the first on
 */
public record ReadingPicture(ReadingResult result, int count) {
  private static final int MARGIN = 24;
  private static final int ROW = 60;
  private static final int TOP = 84;
  private static final int PICTURE_HEIGHT = 34;
  private static final int PICTURE_WIDTH = 330;
  private static final int COLUMN = 300;

  private static final String STYLE =
      """
      <style>
      text{font-family:Helvetica,Arial,sans-serif;font-size:14px} .title{font-size:17px;font-weight:600}
      .head{font-size:12px} .paper{fill:#ffffff} .ink{fill:#1e293b} .soft{fill:#64748b} .wrong{fill:#dc2626}
      line{stroke:#e2e8f0}
      @media (prefers-color-scheme:dark){
      .paper{fill:#0d1117} .ink{fill:#e2e8f0} .soft{fill:#94a3b8} .wrong{fill:#f87171} line{stroke:#1f2937}
      }
      </style>""";

  /** The picture; the same result gives the same bytes. */
  public String svg() throws IOException {
    int rows = Math.min(count, result.lines().size());
    int columns = result.contestants().size();
    int width = 2 * MARGIN + PICTURE_WIDTH + columns * COLUMN;
    int height = TOP + rows * ROW + MARGIN;
    Svg svg = new Svg();
    svg.line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">", width, height, width, height);
    svg.line(STYLE);
    svg.line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height);
    svg.text("title ink", MARGIN, 36, "start", "What was read of drawn lines");
    for (int column = 0; column < columns; column++) {
      svg.text("head soft", left(column), TOP - 16, "start", result.contestants().get(column).name());
    }
    for (int row = 0; row < rows; row++) {
      draw(svg, row);
    }
    svg.line("</svg>");
    return svg.toString();
  }

  private static int left(int column) {
    return MARGIN + PICTURE_WIDTH + MARGIN + column * COLUMN;
  }

  private void draw(Svg svg, int row) throws IOException {
    DrawnLine line = result.lines().get(row);
    int top = TOP + row * ROW;
    svg.line("<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", MARGIN, left(result.contestants().size()) - MARGIN, top, top);
    svg.line(
        "<image x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"xMinYMid\" href=\"data:image/png;base64,%s\"/>",
        MARGIN, top + (ROW - PICTURE_HEIGHT) / 2, PICTURE_WIDTH, PICTURE_HEIGHT, png(line));
    for (int column = 0; column < result.contestants().size(); column++) {
      String text = result.contestants().get(column).texts().get(row);
      svg.text(text.equals(line.text()) ? "ink" : "wrong", left(column), top + ROW / 2.0 + 5, "start", text);
    }
  }

  private static String png(DrawnLine line) throws IOException {
    int width = line.picture().width();
    int height = line.picture().height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setPixels(0, 0, width, height, line.picture().samples());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}

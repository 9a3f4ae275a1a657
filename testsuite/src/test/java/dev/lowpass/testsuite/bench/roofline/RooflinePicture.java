package dev.lowpass.testsuite.bench.roofline;

import dev.lowpass.cli.view.Svg;
import java.util.List;

/**
 * Steps as dots under roofs, both axes logarithmic, as an SVG that follows the reader's light or dark mode. Most steps
 * lie close together, so they have their numbers in a panel of their own; names stand beside the picture.
 */
record RooflinePicture(List<RooflinePoint> points, Roofs roofs) {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 700;
  private static final int LEFT = 70;
  private static final int RIGHT = 790;
  private static final int TOP = 60;
  private static final int BOTTOM = 640;

  private static final String STYLE =
      """
      <style>
      text{font-family:Helvetica,Arial,sans-serif;font-size:12px} .title{font-size:16px;font-weight:600}
      .number{font-size:11px;font-weight:600} path{fill:none} .roof{stroke-width:2} .dashed{stroke-dasharray:6 4}
      .paper{fill:#ffffff} .ink{fill:#1e293b} .soft{fill:#64748b} .grid{stroke:#e2e8f0} .leader{stroke:#94a3b8}
      .frame{stroke:#94a3b8} .roof{stroke:#1e293b} .dot{fill-opacity:0.75}
      .block{fill:#d97706} .depthwise{fill:#2563eb} .product{fill:#16a34a} .other{fill:#9333ea}
      @media (prefers-color-scheme:dark){
      .paper{fill:#0d1117} .ink{fill:#e2e8f0} .soft{fill:#94a3b8} .grid{stroke:#1f2937} .leader{stroke:#64748b}
      .frame{stroke:#475569} .roof{stroke:#e2e8f0}
      .block{fill:#fbbf24} .depthwise{fill:#60a5fa} .product{fill:#4ade80} .other{fill:#c084fc}
      }
      </style>""";

  String svg() {
    Svg svg = new Svg();
    svg.line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">", WIDTH,
        HEIGHT, WIDTH, HEIGHT);
    svg.line("<title>MobileNetV2's steps under the roofs of one core</title>");
    svg.line(STYLE);
    svg.line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
    svg.text("ink title", LEFT, 30, "start", "MobileNetV2 dense, batch 1, one thread: every step under its roofs");
    svg.text("soft", LEFT, 49, "start",
        "Multiplications by zeros count, but products leave them out, and so come through the roof.");
    panels(svg);
    svg.text("ink", (LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle",
        "arithmetic intensity, FLOP/byte (weights, inputs, residual and output once each)");
    svg.line("<text class=\"ink\" text-anchor=\"middle\" transform=\"translate(20 %d) rotate(-90)\">GFLOP/s</text>",
        (TOP + BOTTOM) / 2);
    names(svg);
    svg.line("</svg>");
    return svg.toString();
  }

  private void panels(Svg svg) {
    List<RooflinePoint> drawn = points.stream().filter(point -> point.work().flops() > 0).toList();
    double least = drawn.stream().mapToDouble(point -> point.work().intensity()).min().orElse(1);
    double most = drawn.stream().mapToDouble(point -> point.work().intensity()).max().orElse(1);
    double slowest = drawn.stream().mapToDouble(RooflinePoint::gigaflops).min().orElse(1);
    double fastest = drawn.stream().mapToDouble(RooflinePoint::gigaflops).max().orElse(1);
    double top = Math.max(fastest, roofs.peak());
    Axis x = Axis.around(least * 0.8, most * 1.6, LEFT, RIGHT);
    Axis y = Axis.around(slowest * 0.8, top * 1.2, BOTTOM, TOP);
    RooflinePanel whole = new RooflinePanel(svg, x, y, roofs, total());

    List<RooflinePoint> crowd = drawn.stream().filter(point -> point.work().intensity() > roofs.knee()).toList();
    double low = crowd.stream().mapToDouble(RooflinePoint::gigaflops).min().orElse(1);
    double first = crowd.stream().mapToDouble(point -> point.work().intensity()).min().orElse(1);
    // Where no step can be: below all that are not bound by memory, right of what memory allows there.
    Axis closeX = new Axis(first * 0.9, most * 1.1, LEFT + 400, RIGHT - 20);
    Axis closeY = new Axis(low * 0.95, top * 1.1, BOTTOM - 34, TOP + 250);
    RooflinePanel close = new RooflinePanel(svg, closeX, closeY, roofs, total());

    whole.grid();
    whole.slope(
        roofs.again(),
        "roof",
        "%.0f GB/s: these %.0f MB of weights, again and again".formatted(roofs.again(), roofs.weights() / 1e6),
        false);
    whole.slope(roofs.memory(), "roof dashed", "%.0f GB/s: memory".formatted(roofs.memory()), true);
    whole.peak("%.0f GFLOP/s: multiply-adds in registers".formatted(roofs.peak()));
    whole.dots(drawn, point -> !close.contains(point));
    close.grid();
    close.peak("");
    close.dots(drawn, _ -> true);
    svg.text("ink", closeX.start() + 6, closeY.end() - 7, "start", "the same, closer");
  }

  private double total() {
    return points.stream().mapToDouble(RooflinePoint::microseconds).sum();
  }

  private void names(Svg svg) {
    int left = RIGHT + 24;
    double row = TOP;
    for (RooflinePoint.Kind kind : RooflinePoint.Kind.values()) {
      svg.line("<circle class=\"dot %s\" cx=\"%d\" cy=\"%.1f\" r=\"6\"/>", kind.style(), left + 8, row - 4);
      svg.text("ink", left + 22, row, "start", kind.label());
      row += 17;
    }
    row += 8;
    svg.text("soft", WIDTH - 72, row, "end", "us");
    svg.text("soft", WIDTH - 10, row, "end", "GFLOP/s");
    double pitch = Math.min(16, (HEIGHT - 40 - row) / points.size());
    for (RooflinePoint point : points) {
      row += pitch;
      svg.text("ink number", left + 14, row, "end", "" + point.number());
      svg.text("ink", left + 22, row, "start", point.name());
      svg.text("soft", WIDTH - 72, row, "end", "%.0f".formatted(point.microseconds()));
      svg.text("soft", WIDTH - 10, row, "end", point.work().flops() == 0 ? "-" : "%.0f".formatted(point.gigaflops()));
    }
    svg.text("soft", WIDTH - 10, HEIGHT - 12, "end",
        "all steps: %.2f ms; a dot's area is its part of it".formatted(total() / 1e3));
  }
}

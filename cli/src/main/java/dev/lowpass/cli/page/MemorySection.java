package dev.lowpass.cli.page;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.codegen.artifact.PlanSummary.PlacedValue;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The arena of intermediate values over an inference: steps from left to right, bytes from bottom to top.
 *
 * @param steps names of steps
 * @param prefix of the steps' anchors
 */
record MemorySection(String id, Manifest.Memory memory, List<String> steps, List<PlacedValue> values, String prefix) {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 300;

  /** A value that is thinner, in the picture's units, could not be pointed at. */
  private static final double THINNEST = 1.5;

  Section section() {
    String parts =
        Html.facts(
            List.of(
                Html.fact("parameters", Quantity.bytes(memory.parameterBytes())),
                Html.fact("scratch that all workers share", Quantity.bytes(memory.scratchBytes())),
                Html.fact("scratch of each worker, besides", Quantity.bytes(memory.workerBytes()))));
    if (values.isEmpty() || steps.isEmpty()) {
      return new Section(id, "Memory", "What an inference needs.", parts);
    }
    String lead =
        "Each block is a value: from left to right the steps for which it is kept, from bottom to top its bytes in the"
            + " scratch arena. The line is what is alive at each step.";
    String body = parts + "\n" + picture();
    return new Section(id, "Memory", lead, body);
  }

  private String picture() {
    long bytes = values.stream().mapToLong(value -> value.offset() + value.bytes()).max().orElse(1);
    List<String> drawn = new ArrayList<>();
    for (PlacedValue value : values) {
      if (value.last() < steps.size()) {
        drawn.add(block(value, Math.max(1, bytes)));
      }
    }
    drawn.add(alive(Math.max(1, bytes)));
    return """
        <figure class="memory" data-tips>
        <div class="scroll"><div class="axes"><span class="top">%s</span><span class="bottom">0</span>
        <svg viewBox="0 0 %d %d" preserveAspectRatio="none" role="group" aria-label="Values in memory"\
         data-arrows data-roving>
        %s
        </svg></div></div>
        <figcaption><span>step 0</span><span class="legend"><i class="dense"></i>samples\
         <i class="frequency"></i>coefficients <i class="line"></i>alive</span><span>step %d</span></figcaption>
        <output class="tip">Point at a block, or move there with the arrow keys.</output>
        </figure>"""
        .formatted(Quantity.bytes(bytes), WIDTH, HEIGHT, String.join("\n", drawn), steps.size() - 1);
  }

  private double x(int step) {
    return WIDTH * step / (double) steps.size();
  }

  private static double height(long bytes, long all) {
    return HEIGHT * (bytes / (double) all);
  }

  private String block(PlacedValue value, long all) {
    double tall = Math.max(THINNEST, height(value.bytes(), all));
    String tip =
        "%s: %s at byte %d, steps %d to %d, made by %s"
            .formatted(
                value.name(),
                Quantity.bytes(value.bytes()),
                value.offset(),
                value.first(),
                value.last(),
                steps.get(value.first()));
    return String.format(
        Locale.ROOT,
        "<a class=\"block %s\" href=\"#%s%d\" data-find data-tip=\"%s\" aria-label=\"%s\"><rect x=\"%.2f\" y=\"%.2f\""
            + " width=\"%.2f\" height=\"%.2f\"><title>%s</title></rect></a>",
        value.coefficients() ? "frequency" : "dense",
        prefix,
        value.first(),
        Html.escaped(tip),
        Html.escaped(tip),
        x(value.first()),
        HEIGHT - height(value.offset(), all) - tall,
        x(value.last() + 1) - x(value.first()),
        tall,
        Html.escaped(tip));
  }

  private String alive(long all) {
    long[] change = new long[steps.size() + 1];
    for (PlacedValue value : values) {
      if (value.last() < steps.size()) {
        change[value.first()] += value.bytes();
        change[value.last() + 1] -= value.bytes();
      }
    }
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    long alive = 0;
    for (int step = 0; step < steps.size(); step++) {
      alive += change[step];
      path.append(
          String.format(Locale.ROOT, "V%.2fH%.2f", Math.max(0, HEIGHT - height(alive, all)), x(step + 1)));
    }
    return "<path class=\"alive\" d=\"" + path + "\"/>";
  }
}

package dev.lowpass.cli.page;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.ir.BandLimit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What channels keep, the longest first: a product over this staircase is all that is computed. */
record Staircase(BandLimit limit) {
  private static final int WIDTH = 100;
  private static final int HEIGHT = 49;

  /** The picture alone; it takes the size that the page gives it. */
  String svg() {
    return """
        <svg class="stairs" viewBox="0 0 %d %d" preserveAspectRatio="none" aria-hidden="true">\
        <path class="whole" d="M0 0H%dV%dH0z"/><path class="kept" d="%s"/></svg>"""
        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, path());
  }

  private String path() {
    List<Integer> sorted = limit.keep().keep().stream().sorted(Comparator.reverseOrder()).toList();
    double channel = WIDTH / (double) Math.max(1, sorted.size());
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    for (int c = 0; c < sorted.size(); c++) {
      if (c == 0 || !sorted.get(c).equals(sorted.get(c - 1))) {
        double top = HEIGHT * (1 - sorted.get(c) / (double) limit.block().size());
        path.append(String.format(Locale.ROOT, "H%.2fV%.2f", c * channel, top));
      }
    }
    return path.append("H%dV%dz".formatted(WIDTH, HEIGHT)).toString();
  }

  /** With axes in words. */
  String figure() {
    return """
        <figure class="staircase"><div class="plot"><span class="top">%d</span><span class="bottom">0</span>%s</div>
        <figcaption><span>%d channels, longest band first</span>\
        <span>coefficients of a %s block, %s</span></figcaption></figure>"""
        .formatted(
            limit.block().size(),
            svg(),
            limit.keep().channels(),
            limit.block(),
            Html.escaped(limit.order().toString()));
  }

  /** One line: how much is kept, and of what. */
  String words() {
    return "%s of %d × %d".formatted(
        Quantity.percent(limit.retained()), limit.keep().channels(), limit.block().size());
  }

  /** Channels that keep everything, and that keep nothing. */
  String extremes() {
    int size = limit.block().size();
    long whole = limit.keep().keep().stream().filter(kept -> kept == size).count();
    long nothing = limit.keep().keep().stream().filter(kept -> kept == 0).count();
    long few = limit.keep().keep().stream().filter(kept -> kept > 0 && kept <= size / 8).count();
    return "%d channels keep all, %d at most an eighth, %d nothing".formatted(whole, few, nothing);
  }
}

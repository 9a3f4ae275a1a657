package dev.lowpass.cli.page;

import dev.lowpass.ir.BandLimit;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Bands of all layers, side by side.
 *
 * @param anchor of a layer's row
 */
record BandsSection(String id, SequencedMap<String, BandLimit> layers, Function<String, String> anchor) {
  private static final String LEAD =
      "Channels from left to right, the longest band first; how many coefficients each keeps, of the block's. What is"
          + " filled is computed, what is above is not.";

  List<Section> sections() {
    if (layers.isEmpty()) {
      return List.of();
    }
    String pictures =
        layers.entrySet().stream()
            .map(layer -> picture(layer.getKey(), new Staircase(layer.getValue())))
            .collect(Collectors.joining("\n"));
    String body = "<div class=\"multiples\" data-arrows>\n" + pictures + "\n</div>";
    return List.of(new Section(id, "Bands", LEAD, body));
  }

  private String picture(String layer, Staircase stairs) {
    return """
        <a class="multiple" data-find href="#%s">%s<span class="title">%s</span><span class="soft">%s</span></a>"""
        .formatted(anchor.apply(layer), stairs.svg(), Html.code(layer), Html.escaped(stairs.words()));
  }
}

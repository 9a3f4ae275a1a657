package dev.lowpass.cli.page;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.passes.pass.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What became of each pointwise layer, and why.
 *
 * @param prefix of its rows' anchors
 * @param bands of layers, by name
 * @param places of layers among the decisions, by name
 */
record LayersSection(
    String id,
    String prefix,
    List<Report.Decision> decisions,
    Map<String, BandLimit> bands,
    Map<String, Integer> places) {
  private static final String LEAD =
      "What the cost model chose for each pointwise layer. The two bars are its predicted times, dense and low-passed"
          + " with its transforms, of one scale for all layers.";

  static LayersSection of(
      String id, String prefix, List<Report.Decision> decisions, Map<String, BandLimit> bands) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < decisions.size(); i++) {
      places.putIfAbsent(decisions.get(i).layer(), i);
    }
    return new LayersSection(id, prefix, decisions, bands, places);
  }

  List<Section> sections() {
    if (decisions.isEmpty()) {
      return List.of();
    }
    double longest =
        decisions.stream()
            .flatMap(layer -> Stream.of(layer.predictedDense(), layer.predictedLowpassed()))
            .filter(Double::isFinite)
            .mapToDouble(time -> time)
            .max()
            .orElse(1);
    List<String> items = IntStream.range(0, decisions.size()).mapToObj(i -> item(i, longest)).toList();
    String body = "<div class=\"list layers\" data-arrows>\n" + String.join("\n", items) + "\n</div>";
    return List.of(new Section(id, "Layers", LEAD, body));
  }

  /** Of a layer's row, or of the section if it has none. */
  String anchor(String layer) {
    return places.containsKey(layer) ? prefix + places.get(layer) : id;
  }

  Optional<Report.Decision> decision(String layer) {
    return Optional.ofNullable(places.get(layer)).map(decisions::get);
  }

  private String item(int index, double longest) {
    Report.Decision layer = decisions.get(index);
    boolean dense = layer.form().equals("dense");
    String summary =
        """
        <span class="title">%s</span><span class="why">%s</span>%s\
        <span class="times">%s%s</span><span class="aside">keeps %s</span>"""
            .formatted(
                Html.code(layer.layer()),
                Html.escaped(shortly(layer.reason())),
                Html.badge(dense ? "" : "frequency", dense ? "dense" : "low-passed"),
                time(dense, "dense", layer.predictedDense(), longest),
                time(!dense, "frequency", layer.predictedLowpassed(), longest),
                Quantity.percent(layer.retained()));
    List<String> facts = new ArrayList<>();
    facts.add(Html.fact("why", Html.escaped(layer.reason())));
    facts.add(Html.fact("form", Html.escaped(layer.form()) + ", " + side(layer.form())));
    facts.add(
        Html.fact(
            "multiply-adds",
            "%s; bands keep %s, executed %s"
                .formatted(
                    Quantity.count(layer.multiplyAdds()),
                    Quantity.percent(layer.retained()),
                    Quantity.percent(layer.executed()))));
    BandLimit limit = bands.get(layer.layer());
    if (limit != null) {
      facts.add(Html.fact("bands", Html.escaped(new Staircase(limit).extremes())));
    }
    String body = Html.facts(facts) + (limit == null ? "" : new Staircase(limit).figure());
    return "<div data-find>" + Html.item(prefix + index, dense ? "" : "frequency", summary, body) + "</div>";
  }

  /** The reason without its numbers, which stand beside it. */
  private static String shortly(String reason) {
    int colon = reason.indexOf(':');
    return colon < 0 ? reason : reason.substring(0, colon);
  }

  private static String side(String form) {
    return switch (form) {
      case "dense" -> "samples on both sides";
      case "project" -> "coefficients come in, samples go out";
      case "both" -> "coefficients come in and go out";
      default -> "as the compiler names it";
    };
  }

  private static String time(boolean chosen, String style, double time, double longest) {
    return "<span class=\"time%s\">%s<b>%s</b></span>"
        .formatted(chosen ? " chosen" : "", Html.bar(style, time / longest), Quantity.microseconds(time));
  }
}

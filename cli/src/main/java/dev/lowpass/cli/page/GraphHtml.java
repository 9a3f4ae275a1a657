package dev.lowpass.cli.page;

import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.report.GraphSummary;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.view.GraphText;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Graphs as one page.
 *
 * @param bands of layers, besides those that are in the graphs
 */
public record GraphHtml(List<Graph> graphs, Optional<BandsFile> bands, Optional<Frontier> frontier) {
  public GraphHtml {
    graphs = List.copyOf(graphs);
  }

  /** The whole page. */
  public String text() {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < graphs.size(); i++) {
      sections.addAll(new Part(graphs.get(i), bands, i, graphs.size() > 1).sections());
    }
    frontier.ifPresent(measured -> sections.add(new FrontierSection("frontier", measured).section()));
    String title = graphs.stream().map(Graph::name).collect(Collectors.joining(", "));
    return new Page(title, graphs.size() == 1 ? "a graph" : graphs.size() + " graphs", sections).text();
  }

  /** One graph, whose rows are numbered without constants. */
  private record Part(Graph graph, Optional<BandsFile> bands, int index, boolean named) {
    private static final String LEAD =
        "From top to bottom, with the values that run between them. Constants are not drawn; frequency data is blue.";

    List<Section> sections() {
      List<Node> nodes = graph.nodes().stream().filter(GraphText::isDrawn).toList();
      Map<String, Integer> rows = new LinkedHashMap<>();
      nodes.forEach(node -> rows.put(node.name(), rows.size()));
      List<Section> sections = new ArrayList<>();
      SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
      Map<String, String> anchors = new LinkedHashMap<>();
      for (Node node : nodes) {
        limit(node).ifPresent(limit -> limits.putIfAbsent(node.location().text(), limit));
        anchors.putIfAbsent(node.location().text(), prefix() + rows.get(node.name()));
      }
      List<Row> drawn = nodes.stream().map(node -> row(node, rows)).toList();
      sections.add(overview(nodes));
      sections.add(new GraphSection("graph-" + index, "Nodes", LEAD, prefix(), drawn).section());
      sections.addAll(new BandsSection("bands-" + index, limits, anchors::get).sections());
      return sections;
    }

    private String prefix() {
      return "g" + index + "n";
    }

    private Section overview(List<Node> nodes) {
      GraphSummary summary = new GraphSummary(graph);
      long multiplyAdds = summary.pointwise().stream().mapToLong(GraphSummary::multiplyAdds).sum();
      double kept =
          summary.pointwise().stream()
              .mapToDouble(node -> GraphSummary.multiplyAdds(node) * limit(node).map(BandLimit::retained).orElse(1.0))
              .sum();
      long limited = summary.pointwise().stream().filter(node -> limit(node).isPresent()).count();
      List<String> tiles =
          List.of(
              Html.tile("nodes", String.valueOf(nodes.size()), operators(nodes) + " kinds of operators"),
              Html.tile("numbers in constants", Quantity.count(summary.parameters()), "weights and tables"),
              Html.tile("pointwise layers", String.valueOf(summary.pointwise().size()), limited + " with bands"),
              Html.tile("their multiply-adds", Quantity.count(multiplyAdds), "dense"),
              Html.tile("kept by bands", Quantity.percent(kept / Math.max(1, multiplyAdds)), "of these multiply-adds"));
      String title = named ? "Graph " + graph.name() : "Overview";
      return new Section("overview-" + index, title, lead(), Html.tiles(tiles));
    }

    private static long operators(List<Node> nodes) {
      return nodes.stream().map(GraphText::title).distinct().count();
    }

    private String lead() {
      String inputs =
          graph.inputs().stream()
              .map(input -> Html.code(input.name() + ": " + input.type()))
              .collect(Collectors.joining(", "));
      String outputs =
          graph.outputs().stream()
              .map(output -> Html.code(output.name() + ": " + output.value().type()))
              .collect(Collectors.joining(", "));
      return "From %s to %s.".formatted(inputs, outputs);
    }

    /** Of the node itself, else what the bands file says of its layer. */
    private Optional<BandLimit> limit(Node node) {
      Optional<BandLimit> own = GraphText.limit(node);
      return own.isPresent() || !(node.op() instanceof Pointwise)
          ? own
          : bands.flatMap(file -> file.of(node.location().text()));
    }

    private Row row(Node node, Map<String, Integer> rows) {
      List<Integer> reads =
          node.operands().stream().map(Value::name).filter(rows::containsKey).map(rows::get).distinct().toList();
      List<String> facts = new ArrayList<>();
      facts.add(Html.fact("value", Html.code(node.name())));
      facts.add(Html.fact("layer", Html.code(node.location().text())));
      facts.add(Html.fact("type", Html.code(node.type().toString())));
      if (node.op() instanceof Pointwise) {
        facts.add(Html.fact("multiply-adds", Quantity.count(GraphSummary.multiplyAdds(node))));
      }
      limit(node).map(Staircase::new).ifPresent(stairs -> facts.add(Html.fact("bands", stairs.figure())));
      String aside = limit(node).map(limit -> "keeps " + Quantity.percent(limit.retained())).orElse("");
      return new Row(
          GraphText.name(node.name()),
          GraphText.title(node),
          GraphText.type(node),
          !node.type().isSpatial(),
          reads,
          aside,
          facts);
    }
  }
}

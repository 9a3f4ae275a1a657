package dev.lowpass.cli.view;

import static dev.lowpass.cli.view.HtmlPage.escaped;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Graphs as one HTML page: a row a node, links to operands, a bar for what is kept. */
public record HtmlView(List<Graph> graphs) {
  private static final List<String> HEADER = List.of("operator", "value", "layer", "type", "operands", "keeps");

  public HtmlView {
    graphs = List.copyOf(graphs);
  }

  /** The whole page. */
  public String text() {
    String title = graphs.stream().map(Graph::name).collect(Collectors.joining(", "));
    return HtmlPage.of(
        title,
        IntStream.range(0, graphs.size())
            .mapToObj(i -> new Section(graphs.get(i), graphs.size() == 1 ? "" : i + ":").text())
            .collect(Collectors.joining("\n")));
  }

  /**
   * One graph.
   *
   * @param prefix of its anchors, since graphs use the same names
   */
  private record Section(Graph graph, String prefix) {
    String text() {
      List<Node> nodes = graph.nodes().stream().filter(GraphText::isDrawn).toList();
      return """
          <h1>%s</h1>
          <p>%d nodes; inputs %s; outputs %s. Rows of frequency data are blue.</p>
          %s"""
          .formatted(
              escaped(graph.name()),
              nodes.size(),
              inputs(),
              outputs(),
              HtmlPage.table(HEADER, nodes.stream().map(this::row).toList()));
    }

    private String inputs() {
      return graph.inputs().stream()
          .map(
              input ->
                  "<code id=\"%s\">%s: %s</code>"
                      .formatted(anchor(input), escaped(input.name()), escaped(input.type().toString())))
          .collect(Collectors.joining(", "));
    }

    private String outputs() {
      return graph.outputs().stream()
          .map(output -> HtmlPage.code(output.name()) + " = " + link(output.value()))
          .collect(Collectors.joining(", "));
    }

    private String row(Node node) {
      String operands = node.operands().stream().map(this::link).collect(Collectors.joining("<br>"));
      return """
          <tr id="%s"%s><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"""
          .formatted(
              anchor(node.result()),
              node.type().isSpatial() ? "" : " class=\"frequency\"",
              GraphText.title(node),
              escaped(node.name()),
              escaped(node.location().text()),
              HtmlPage.code(GraphText.type(node)),
              operands,
              GraphText.limit(node).map(Section::kept).orElse(""));
    }

    private String link(Value value) {
      return "<a href=\"#%s\">%s</a>".formatted(anchor(value), HtmlPage.code(value.name()));
    }

    private String anchor(Value value) {
      return escaped(prefix + value.name());
    }

    private static String kept(BandLimit limit) {
      return String.format(
          Locale.ROOT,
          "%s %.1f %%, %s %s",
          HtmlPage.bar(limit.retained()),
          100 * limit.retained(),
          limit.block(),
          limit.order());
    }
  }
}

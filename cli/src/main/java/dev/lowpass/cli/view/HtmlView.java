package dev.lowpass.cli.view;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A graph as one HTML page without scripts or anything from elsewhere: a row a node, links to operands, a bar for what
 * is kept.
 */
public record HtmlView(Graph graph) {
  private static final String STYLE =
      """
      body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #222 }
      table { border-collapse: collapse } th { text-align: left; border-bottom: 2px solid #888 }
      td, th { padding: .2em .8em; vertical-align: top } tr:target { background: #ffd }
      tr.frequency td { background: #eef6ff } code { font-size: 12px }
      .bar { display: inline-block; width: 8em; height: .8em; background: #ddd }
      .bar i { display: block; height: 100%; background: #36c }
      """;

  /** The whole page. */
  public String text() {
    List<Node> nodes = graph.nodes().stream().filter(GraphText::isDrawn).toList();
    String rows = nodes.stream().map(HtmlView::row).collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%1$s</title><style>
        %2$s</style></head>
        <body>
        <h1>%1$s</h1>
        <p>%3$d nodes; inputs %4$s; outputs %5$s. Rows of frequency data are blue.</p>
        <table>
        <tr><th>operator</th><th>value</th><th>layer</th><th>type</th><th>operands</th><th>keeps</th></tr>
        %6$s
        </table>
        </body>
        </html>
        """
        .formatted(escaped(graph.name()), STYLE, nodes.size(), inputs(), outputs(), rows);
  }

  private String inputs() {
    return graph.inputs().stream()
        .map(input -> "<code id=\"%1$s\">%1$s: %2$s</code>".formatted(escaped(input.name()), input.type()))
        .collect(Collectors.joining(", "));
  }

  private String outputs() {
    return graph.outputs().stream()
        .map(output -> "<code>" + escaped(output.name()) + "</code> = " + link(output.value()))
        .collect(Collectors.joining(", "));
  }

  private static String row(Node node) {
    String operands = node.operands().stream().map(HtmlView::link).collect(Collectors.joining("<br>"));
    return """
        <tr id="%1$s"%2$s><td>%3$s</td><td>%1$s</td><td>%4$s</td><td><code>%5$s</code></td>\
        <td>%6$s</td><td>%7$s</td></tr>"""
        .formatted(
            escaped(node.name()),
            node.type().isSpatial() ? "" : " class=\"frequency\"",
            GraphText.title(node),
            escaped(node.location().text()),
            escaped(GraphText.type(node)),
            operands,
            GraphText.limit(node).map(HtmlView::bar).orElse(""));
  }

  private static String link(Value value) {
    return "<a href=\"#%1$s\"><code>%1$s</code></a>".formatted(escaped(value.name()));
  }

  private static String bar(BandLimit limit) {
    return String.format(
        Locale.ROOT,
        "<span class=\"bar\"><i style=\"width:%1$.1f%%\"></i></span> %1$.1f %%, %2$s %3$s",
        100 * limit.retained(),
        limit.block(),
        limit.order());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}

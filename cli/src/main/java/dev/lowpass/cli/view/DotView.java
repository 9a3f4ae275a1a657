package dev.lowpass.cli.view;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A graph in the language of Graphviz; frequency data has blue edges. */
public record DotView(Graph graph) {
  /** The whole file. */
  public String text() {
    StringBuilder dot = new StringBuilder("digraph \"" + escaped(graph.name()) + "\" {\n");
    dot.append("  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\", fontsize=10];\n");
    Map<String, String> ids = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      String id = "i" + ids.size();
      ids.put(input.name(), id);
      dot.append("  %s [label=\"%s\\n%s\", fillcolor=lightgrey];%n".formatted(id, escaped(input.name()), input.type()));
    }
    for (Node node : graph.nodes()) {
      if (GraphText.isDrawn(node)) {
        ids.put(node.name(), "n" + ids.size());
        dot.append(node(node, ids));
      }
    }
    for (Graph.Output output : graph.outputs()) {
      String id = "o" + ids.size();
      ids.put("output " + output.name(), id);
      dot.append("  %s [label=\"%s\", fillcolor=lightgrey];%n".formatted(id, escaped(output.name())));
      dot.append("  %s -> %s;%n".formatted(ids.getOrDefault(output.value().name(), id), id));
    }
    return dot.append("}\n").toString();
  }

  private static String node(Node node, Map<String, String> ids) {
    String id = ids.get(node.name());
    String label = GraphText.title(node) + "\\n" + escaped(GraphText.name(node.name())) + "\\n" + GraphText.type(node);
    String kept =
        GraphText.limit(node)
            .map(limit -> String.format(Locale.ROOT, "\\nkeeps %.1f %%", 100 * limit.retained()))
            .orElse("");
    String colour = GraphText.limit(node).isPresent() ? "lightblue" : "white";
    StringBuilder dot = new StringBuilder("  %s [label=\"%s%s\", fillcolor=%s];%n".formatted(id, label, kept, colour));
    for (Value operand : node.operands()) {
      if (ids.containsKey(operand.name())) {
        String edge = operand.type().isSpatial() ? "" : " [color=blue]";
        dot.append("  %s -> %s%s;%n".formatted(ids.get(operand.name()), id, edge));
      }
    }
    return dot.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
  }
}

package dev.lowpass.cli.report;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Pointwise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A graph in a page of text: inputs, outputs, operators by count, pointwise layers. */
public record GraphSummary(Graph graph) {
  /** Its pointwise layers. */
  public List<Node> pointwise() {
    return graph.nodes().stream().filter(node -> node.op() instanceof Pointwise).toList();
  }

  private Map<String, Integer> operators() {
    Map<String, Integer> counts = new TreeMap<>();
    graph.nodes().stream()
        .filter(node -> !(node.op() instanceof Constant))
        .forEach(node -> counts.merge(node.op().mnemonic(), 1, Integer::sum));
    return counts;
  }

  /** Numbers in constants. */
  public long parameters() {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Constant)
        .mapToLong(node -> node.type().shape().elements())
        .sum();
  }

  private static Optional<BandLimit> limit(Node node) {
    return node.op() instanceof Pointwise pointwise ? pointwise.limit() : Optional.empty();
  }

  /** Of a pointwise layer. */
  public static long multiplyAdds(Node node) {
    return node.type().shape().elements() * node.operand(0).type().shape().dim(1);
  }

  public void print(Terminal terminal) {
    terminal.line(terminal.strong("@" + graph.name()));
    graph.inputs().forEach(input -> terminal.line("input   " + input.name() + ": " + input.type()));
    graph.outputs().forEach(output -> terminal.line("output  " + output.name() + ": " + output.value().type()));
    terminal.line("numbers %d in constants".formatted(parameters()));
    terminal.line("");
    Table operators = new Table("operator", "count");
    operators().forEach((name, count) -> operators.row(name, count.toString()));
    operators.print(terminal);
    terminal.line("");
    Table layers = new Table("pointwise layer", "input", "outputs", "multiply-adds", "keeps");
    for (Node node : pointwise()) {
      layers.row(
          node.location().text(),
          node.operand(0).type().shape().toString(),
          String.valueOf(node.type().shape().dim(1)),
          "%.2f million".formatted(multiplyAdds(node) / 1e6),
          limit(node).map(limit -> Quantity.percent(limit.retained())).orElse("all"));
    }
    layers.print(terminal);
  }

  private static Json toJson(String name, Value value) {
    return new Json().with("name", name).with("type", value.type().toString());
  }

  public Json toJson() {
    List<Json> layers =
        pointwise().stream()
            .map(
                node ->
                    new Json()
                        .with("layer", node.location().text())
                        .with("input", node.operand(0).type().shape().dims())
                        .with("outputs", node.type().shape().dim(1))
                        .with("multiplyAdds", multiplyAdds(node))
                        .with("retained", limit(node).map(BandLimit::retained).orElse(1.0)))
            .toList();
    return new Json()
        .with("name", graph.name())
        .with("inputs", graph.inputs().stream().map(input -> toJson(input.name(), input)).toList())
        .with("outputs", graph.outputs().stream().map(output -> toJson(output.name(), output.value())).toList())
        .with("constants", parameters())
        .with("operators", operators())
        .with("pointwise", layers);
  }
}

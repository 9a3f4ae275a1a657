package dev.lowpass.ir.text;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints graphs, one node a line with its type. Equal graphs print equally. */
public final class IrPrinter {
  /** Constants of more elements are printed by name. */
  static final int LARGEST_INLINE = 16;

  private IrPrinter() {}

  /** The text of {@code graph}, ending in a line feed. */
  public static String print(Graph graph) {
    StringBuilder text = new StringBuilder("graph ").append(Names.signed('@', graph.name()));
    text.append('(').append(join(graph.inputs(), input -> value(input) + ": " + input.type())).append(") -> (");
    text.append(join(graph.outputs(), IrPrinter::output)).append(") {\n");
    for (Node node : graph.nodes()) {
      text.append("  ").append(print(node)).append('\n');
    }
    return text.append("}\n").toString();
  }

  /** One node as a line of text, without indentation or line feed. */
  public static String print(Node node) {
    String location =
        node.location().text().equals(node.name()) ? "" : " loc(" + Names.quote(node.location().text()) + ")";
    String operation =
        node.op() instanceof Constant constant
            ? "constant " + constant.value().type() + " " + elements(node.name(), constant.value())
            : operation(node) + " : " + node.type();
    return value(node.result()) + " = " + operation + location;
  }

  /** Large constants by the name that {@link #print} gives them. */
  static SequencedMap<String, Tensor> namedConstants(Graph graph) {
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Constant constant && isNamed(constant.value())) {
        named.put(node.name(), constant.value());
      }
    }
    return Collections.unmodifiableSequencedMap(named);
  }

  private static boolean isNamed(Tensor tensor) {
    return tensor.shape().elements() > LARGEST_INLINE;
  }

  private static String operation(Node node) {
    String operands = node.operands().isEmpty() ? "" : " " + join(node.operands(), IrPrinter::value);
    String attributes = node.op().attributes().isEmpty() ? "" : " " + node.op().attributes();
    return node.op().mnemonic() + operands + attributes;
  }

  private static String elements(String name, Tensor tensor) {
    if (isNamed(tensor)) {
      return Names.signed('@', name);
    }
    boolean floating = tensor.type().element().isFloating();
    return IntStream.range(0, (int) tensor.shape().elements())
        .mapToObj(i -> floating ? Float.toString(tensor.floats()[i]) : Long.toString(tensor.integers()[i]))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String output(Graph.Output output) {
    String name = output.name().equals(output.value().name()) ? "" : Names.unsigned(output.name()) + " = ";
    return name + value(output.value());
  }

  private static String value(Value value) {
    return Names.signed('%', value.name());
  }

  private static <T> String join(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(", "));
  }
}

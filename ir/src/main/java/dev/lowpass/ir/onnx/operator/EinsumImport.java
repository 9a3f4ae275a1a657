package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Einsum: sums of products over axes that letters name. Operands are joined one after the other, and what no later one and
 * not the result has is summed over at once. Axes under an ellipsis have names of their own, counted from the last one.
 */
final class EinsumImport implements OperatorImport {
  private static final String ELLIPSIS = "...";

  @Override
  public void convert(NodeImport node) {
    String equation = node.attributes().text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    String[] parts = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
    if (parts.length != node.operandCount()) {
      throw new IllegalArgumentException("equation " + equation + " for " + node.operandCount() + " operands");
    }
    List<List<String>> names = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < parts.length; i++) {
      int rank = node.shape(i).rank();
      int hidden = parts[i].contains(ELLIPSIS) ? rank - parts[i].length() + ELLIPSIS.length() : 0;
      List<String> axes = names(parts[i], hidden);
      if (hidden < 0 || axes.size() != rank) {
        throw new IllegalArgumentException("'" + parts[i] + "' for an operand of shape " + node.shape(i));
      }
      most = Math.max(most, hidden);
      names.add(axes);
    }
    List<String> wanted = arrow < 0 ? implied(names, most) : names(equation.substring(arrow + 2), most);
    requireResult(wanted, names, equation);
    EinsumTerm whole = EinsumTerm.of(node, node.operand(0), names.getFirst());
    for (int i = 1; i <= parts.length; i++) {
      Set<String> needed = new LinkedHashSet<>(wanted);
      names.subList(i, parts.length).forEach(needed::addAll);
      whole = whole.summed(needed);
      if (i < parts.length) {
        Set<String> kept = new LinkedHashSet<>(wanted);
        names.subList(i + 1, parts.length).forEach(kept::addAll);
        whole = whole.times(EinsumTerm.of(node, node.operand(i), names.get(i)), kept);
      }
    }
    Value result = whole.inOrder(wanted);
    node.alias(result);
  }

  /** One name an axis; those under the ellipsis are numbers. */
  private static List<String> names(String term, int hidden) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < term.length(); i++) {
      if (term.startsWith(ELLIPSIS, i)) {
        for (int axis = hidden; axis > 0; axis--) {
          names.add(Integer.toString(axis));
        }
        i += ELLIPSIS.length() - 1;
      } else if (Character.isLetter(term.charAt(i))) {
        names.add(term.substring(i, i + 1));
      } else {
        throw new IllegalArgumentException("'" + term + "'; letters and an ellipsis are read");
      }
    }
    return names;
  }

  /** Without an arrow: what the ellipsis stands for, then the letters that occur once, in their order. */
  private static List<String> implied(List<List<String>> names, int hidden) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    names.forEach(axes -> axes.forEach(name -> counts.merge(name, 1, Integer::sum)));
    List<String> implied = new ArrayList<>(names(ELLIPSIS, hidden));
    counts.forEach(
        (name, count) -> {
          if (count == 1 && Character.isLetter(name.charAt(0))) {
            implied.add(name);
          }
        });
    return implied;
  }

  private static void requireResult(List<String> wanted, List<List<String>> names, String equation) {
    boolean known = wanted.stream().allMatch(name -> names.stream().anyMatch(axes -> axes.contains(name)));
    if (!known || wanted.stream().distinct().count() != wanted.size()) {
      throw new IllegalArgumentException("equation " + equation + " names an axis of the result twice, or one that nothing has");
    }
  }
}

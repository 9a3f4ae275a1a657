package dev.lowpass.passes.forms;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes of a model were found to be pointwise layers, in whatever disguise, and which could have been and were
 * not: 1x1 convolutions and matrix products.
 */
public final class PointwiseCensus {
  private static final int SHOWN = 4;
  private static final String PLAIN = "1x1 convolutions";
  private static final Set<String> PLAIN_ONLY = Set.of(PLAIN);
  private static final String GROUP = ".group";

  private final GraphIndex given;

  /** Where layers of the optimised graph came from. */
  private final Set<String> layers = new HashSet<>();

  /** Where convolutions and matrix products of the optimised graph came from. */
  private final Set<String> others = new HashSet<>();

  private PointwiseCensus(Graph given, Graph optimized) {
    this.given = new GraphIndex(given);
    for (Node node : optimized.nodes()) {
      String place = node.location().text();
      if (node.op() instanceof Pointwise) {
        int group = place.lastIndexOf(GROUP);
        layers.add(place);
        layers.add(group < 0 ? place : place.substring(0, group));
      } else if (node.op() instanceof Convolution || node.op() instanceof MatrixProduct) {
        others.add(place);
      }
    }
  }

  /**
   * Lines for people; none for a model that has nothing but plain 1x1 convolutions, all of them found.
   *
   * @param given the model as it was imported
   * @param optimized what passes made of it; layers have the locations of the nodes that they came from
   */
  public static List<String> lines(Graph given, Graph optimized) {
    return new PointwiseCensus(given, optimized).lines();
  }

  private List<String> lines() {
    Map<String, Integer> found = new LinkedHashMap<>();
    Map<String, List<String>> missed = new LinkedHashMap<>();
    for (Node node : given.graph().nodes()) {
      Optional<String> disguise = disguise(node);
      String place = node.location().text();
      if (disguise.isPresent() && layers.contains(place)) {
        found.merge(disguise.get(), 1, Integer::sum);
      } else if (disguise.isPresent() && others.contains(place)) {
        missed.computeIfAbsent(reason(node), _ -> new ArrayList<>()).add(place);
      }
    }
    List<String> lines = new ArrayList<>();
    if (!PLAIN_ONLY.containsAll(found.keySet())) {
      List<String> counts = found.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).toList();
      lines.add("pointwise layers were found in " + String.join(", ", counts));
    }
    missed.forEach((reason, places) -> lines.add("not pointwise, as " + reason + ": " + some(places)));
    return lines;
  }

  /** What {@code node} is, if it could be a pointwise layer. */
  private static Optional<String> disguise(Node node) {
    if (node.op() instanceof MatrixProduct) {
      return Optional.of("matrix products");
    }
    if (!(node.op() instanceof Convolution convolution) || !convolution.window().kernel().equals(Window.ONES)) {
      return Optional.empty();
    }
    boolean strided = !convolution.window().strides().equals(Window.ONES);
    boolean padded = !convolution.window().pads().equals(Window.NO_PADS);
    String kind = convolution.groups() > 1 ? "grouped " : strided ? "strided " : padded ? "padded " : "";
    return Optional.of(kind + PLAIN);
  }

  private String reason(Node node) {
    if (given.constant(node.operand(1)).isEmpty()) {
      return "both factors are computed";
    }
    return node.op() instanceof Convolution
        ? "its groups have few channels"
        : "its operands are no rows, sequences or images and a matrix";
  }

  private static String some(List<String> places) {
    String shown = String.join(", ", places.subList(0, Math.min(SHOWN, places.size())));
    return places.size() > SHOWN ? shown + " and " + (places.size() - SHOWN) + " more" : shown;
  }
}

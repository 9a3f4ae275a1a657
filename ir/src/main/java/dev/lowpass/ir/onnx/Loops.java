package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.onnx.Unfolding.Context;
import dev.lowpass.ir.onnx.operator.GraphBuilder;
import dev.lowpass.ir.onnx.operator.NodeImport;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** If with a constant condition as its branch, Loop with constant bounds as its rounds, one after the other. */
final class Loops {
  private final GraphBuilder builder;
  private final Unfolding unfolding;

  Loops(GraphBuilder builder, Unfolding unfolding) {
    this.builder = builder;
    this.unfolding = unfolding;
  }

  void branch(NodeProto node, Context context) {
    boolean condition = constant(node, node.getInput(0), "condition").integers()[0] != 0;
    GraphProto branch = graph(node, condition ? "then_branch" : "else_branch");
    List<String> results = unfolding.unfold(NodeImport.placeOf(node), branch, Map.of(), Map.of(), context.inside());
    if (results.size() < node.getOutputCount()) {
      throw malformed(node, results.size() + " results of a branch for " + node.getOutputCount() + " outputs");
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      unfolding.define(node.getOutput(i), results.get(i));
    }
  }

  void loop(NodeProto node, Context context) {
    GraphProto body = graph(node, "body");
    int carried = Math.max(node.getInputCount() - 2, 0);
    int stacked = body.getOutputCount() - 1 - carried;
    if (body.getInputCount() != carried + 2 || stacked < 0 || node.getOutputCount() > carried + stacked) {
      throw malformed(node, "a body of %d inputs and %d outputs for %d operands and %d results".formatted(
          body.getInputCount(), body.getOutputCount(), node.getInputCount(), node.getOutputCount()));
    }
    long rounds = operand(node, 0).map(name -> constant(node, name, "trip count").integers()[0]).orElse(Long.MAX_VALUE);
    Optional<String> condition = operand(node, 1);
    boolean goesOn = condition.map(name -> constant(node, name, "condition").integers()[0] != 0).orElse(true);
    List<String> values = new ArrayList<>(node.getInputList().subList(Math.min(2, node.getInputCount()), carried + 2));
    List<List<Value>> stacks = new ArrayList<>();
    for (int i = 0; i < stacked; i++) {
      stacks.add(new ArrayList<>());
    }
    for (long round = 0; goesOn && round < rounds; round++) {
      builder.limits().check(Limit.ROUNDS, NodeImport.placeOf(node), "the loop, which is written out,", round + 1);
      List<String> results = round(node, body, context, round, values);
      goesOn = condition.isEmpty() || constant(node, results.getFirst(), "condition").integers()[0] != 0;
      values = results.subList(1, 1 + carried);
      for (int i = 0; i < stacked; i++) {
        stacks.get(i).add(builder.value(results.get(1 + carried + i)));
      }
    }
    NodeImport definition = new NodeImport(node, context.opset(), builder);
    for (int i = 0; i < node.getOutputCount(); i++) {
      if (i < carried) {
        unfolding.define(node.getOutput(i), values.get(i));
      } else if (definition.isRead(i)) {
        stack(definition, i, stacks.get(i - carried));
      }
    }
  }

  private List<String> round(NodeProto node, GraphProto body, Context context, long round, List<String> values) {
    String place = NodeImport.placeOf(node);
    Map<String, String> given = new LinkedHashMap<>();
    given.put(body.getInput(0).getName(), number(place + ".round", ElementType.I64, round));
    given.put(body.getInput(1).getName(), number(place + ".condition", ElementType.BOOL, 1));
    for (int i = 0; i < values.size(); i++) {
      given.put(body.getInput(i + 2).getName(), values.get(i));
    }
    return unfolding.unfold(place, body, given, Map.of(), context.inside());
  }

  private String number(String base, ElementType element, long value) {
    String name = builder.fresh(base);
    builder.initializer(name, Tensor.ofIntegers(element, new long[] {value}, Shape.of()));
    return name;
  }

  private static void stack(NodeImport definition, int output, List<Value> rounds) {
    if (rounds.isEmpty()) {
      throw definition.unsupported("no rounds, and results of each of them,");
    }
    List<Value> parts = new ArrayList<>();
    for (Value round : rounds) {
      List<Integer> dims = new ArrayList<>(round.type().shape().dims());
      dims.addFirst(1);
      parts.add(definition.add("round", new Reshape(new Shape(dims)), round));
    }
    definition.result(output, new Concat(0), parts.toArray(Value[]::new));
  }

  private static Optional<String> operand(NodeProto node, int index) {
    return index < node.getInputCount() ? Optional.of(node.getInput(index)).filter(name -> !name.isEmpty()) : Optional.empty();
  }

  private Tensor constant(NodeProto node, String name, String meaning) {
    Tensor tensor =
        builder
            .tensor(builder.value(name))
            .orElseThrow(
                () ->
                    new LowpassException(
                        "LP1009",
                        NodeImport.placeOf(node),
                        "%s with a %s computed at run time (%s) is not supported"
                            .formatted(node.getOpType(), meaning, name)));
    if (tensor.type().element().isFloating() || tensor.shape().elements() != 1) {
      throw malformed(node, "a " + meaning + " is one number, not " + tensor.type());
    }
    return tensor;
  }

  private static GraphProto graph(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name) && attribute.hasG())
        .map(AttributeProto::getG)
        .findFirst()
        .orElseThrow(() -> malformed(node, name + " is missing"));
  }

  private static LowpassException malformed(NodeProto node, String message) {
    return new LowpassException(
        "LP1010", NodeImport.placeOf(node), node.getOpType() + " is malformed: " + message);
  }
}

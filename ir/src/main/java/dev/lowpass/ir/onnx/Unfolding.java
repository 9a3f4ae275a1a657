package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.onnx.operator.GraphBuilder;
import dev.lowpass.ir.onnx.operator.NodeImport;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts bodies in the place of nodes that have one: functions of the model's own, and with {@link Loops} the branches of
 * If and the rounds of Loop, where constants say which. What comes of it is bounded, however little a file holds.
 */
final class Unfolding {
  /** Imports the nodes of a body. */
  interface Converter {
    void convert(NodeProto node, Context context);
  }

  /**
   * Where nodes stand.
   *
   * @param opset version of ONNX's operators there
   * @param callers functions that they are inside of, outermost first
   * @param levels bodies that they are inside of
   */
  record Context(int opset, List<Functions.Name> callers, int levels) {
    static Context outermost(int opset) {
      return new Context(opset, List.of(), 0);
    }

    Context inside() {
      return new Context(opset, callers, levels + 1);
    }

    Context inside(Functions.Name function, int ownOpset) {
      List<Functions.Name> longer = new ArrayList<>(callers);
      longer.add(function);
      return new Context(ownOpset, longer, levels + 1);
    }
  }

  private final GraphBuilder builder;
  private final TensorDecoder decoder;
  private final Converter converter;
  private int nodes;

  Unfolding(GraphBuilder builder, TensorDecoder decoder, Converter converter) {
    this.builder = builder;
    this.decoder = decoder;
    this.converter = converter;
  }

  /** Defines the outputs of {@code node}, which calls {@code function}. */
  void call(NodeProto node, FunctionProto function, Context context) {
    Functions.Name name = Functions.Name.of(function);
    String place = NodeImport.placeOf(node);
    if (context.callers().contains(name)) {
      throw new LowpassException("LP1013", place, "function " + name + " calls itself, through " + context.callers());
    }
    if (node.getInputCount() > function.getInputCount() || node.getOutputCount() > function.getOutputCount()) {
      throw new LowpassException(
          "LP1010",
          place,
          "calls %s with %d operands for %d results; it takes %d and has %d"
              .formatted(
                  name,
                  node.getInputCount(),
                  node.getOutputCount(),
                  function.getInputCount(),
                  function.getOutputCount()));
    }
    Map<String, String> operands = new LinkedHashMap<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      operands.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
    }
    Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    function.getAttributeProtoList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
    node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
    GraphProto.Builder body = GraphProto.newBuilder().addAllNode(function.getNodeList());
    function.getOutputList().stream()
        .limit(node.getOutputCount())
        .forEach(output -> body.addOutputBuilder().setName(output));
    int opset = SupportCheck.opset(function.getOpsetImportList(), name.toString()).orElse(context.opset());
    List<String> results = unfold(place, body.build(), operands, attributes, context.inside(name, opset));
    for (int i = 0; i < node.getOutputCount(); i++) {
      define(node.getOutput(i), results.get(i));
    }
  }

  /**
   * Imports {@code body} at {@code place}.
   *
   * @param given names of its inputs
   * @return what its outputs are called
   */
  List<String> unfold(
      String place,
      GraphProto body,
      Map<String, String> given,
      Map<String, AttributeProto> attributes,
      Context context) {
    nodes += body.getNodeCount();
    decoder.limits().check(Limit.NESTING, place, "what has bodies in bodies", context.levels());
    decoder.limits().check(Limit.NODES, place, "the model with functions and loops written out", nodes);
    GraphProto renamed = Renaming.of(body, place, given, attributes, builder::fresh).body(body);
    NodeOrder order = NodeOrder.of(renamed, builder::isDefined);
    builder.reads(order.read());
    for (TensorProto initializer : renamed.getInitializerList()) {
      if (order.read().contains(initializer.getName())) {
        builder.initializer(initializer.getName(), decoder.decode(initializer, initializer.getName()));
      }
    }
    order.nodes().forEach(node -> converter.convert(node, context));
    return renamed.getOutputList().stream().map(output -> output.getName()).toList();
  }

  /** Lets {@code output} of a node be what {@code result} of its body is. */
  void define(String output, String result) {
    if (!output.isEmpty()) {
      builder.bind(output, builder.value(result));
    }
  }
}

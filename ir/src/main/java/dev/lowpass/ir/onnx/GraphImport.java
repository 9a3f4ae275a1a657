package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.operator.GraphBuilder;
import dev.lowpass.ir.onnx.operator.NodeImport;
import dev.lowpass.ir.onnx.operator.OperatorImports;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Walks the nodes of an ONNX graph in order and lets each operator's import define its outputs. */
final class GraphImport {
  private final GraphProto proto;
  private final NodeOrder order;
  private final Unfolding.Context outermost;
  private final Functions functions;
  private final GraphBuilder builder;
  private final TensorDecoder decoder;
  private final Unfolding unfolding;
  private final Loops loops;

  GraphImport(GraphProto proto, NodeOrder order, int opset, Functions functions, TensorDecoder decoder) {
    this.proto = proto;
    this.order = order;
    this.outermost = Unfolding.Context.outermost(opset);
    this.functions = functions;
    this.decoder = decoder;
    this.builder = new GraphBuilder(order.names(), order.read(), decoder);
    this.unfolding = new Unfolding(builder, decoder, this::convert);
    this.loops = new Loops(builder, unfolding);
  }

  Graph run(ImportOptions options) {
    Set<String> initializers = new LinkedHashSet<>();
    proto.getInitializerList().forEach(initializer -> initializers.add(initializer.getName()));
    List<ValueInfoProto> inputs =
        proto.getInputList().stream()
            .filter(input -> !initializers.contains(input.getName()))
            .filter(input -> !options.constants().containsKey(input.getName()))
            .toList();
    checkNames(options);
    if (proto.getOutputCount() == 0) {
      throw new LowpassException("LP1005", proto.getName().isEmpty() ? "graph" : proto.getName(), "has no outputs");
    }
    options.constants().forEach(builder::initializer);
    InputTypes.of(inputs, options, builder::remark, new ShapeSuggestion(proto, this::imports)).forEach(builder::input);
    for (TensorProto initializer : proto.getInitializerList()) {
      if (order.read().contains(initializer.getName())) {
        builder.initializer(initializer.getName(), decoder.decode(initializer, initializer.getName()));
      }
    }
    order.nodes().forEach(node -> convert(node, outermost));
    SequencedMap<String, Optional<ElementType>> outputs = new LinkedHashMap<>();
    for (ValueInfoProto output : proto.getOutputList()) {
      if (outputs.put(output.getName(), InputTypes.element(output)) != null) {
        builder.remark("output " + output.getName() + ": is listed twice, and given once");
      }
    }
    return builder.build(proto.getName().isEmpty() ? "main" : proto.getName(), outputs);
  }

  /** Whether a model whose inputs are all bound can be imported so. */
  private boolean imports(ImportOptions options) {
    try {
      new GraphImport(proto, order, outermost.opset(), functions, decoder).run(options);
      return true;
    } catch (LowpassException e) {
      return false;
    }
  }

  private void checkNames(ImportOptions options) {
    List<String> names = proto.getInputList().stream().map(ValueInfoProto::getName).toList();
    for (String constant : options.constants().keySet()) {
      if (!names.contains(constant)) {
        throw new LowpassException(
            "LP1007", constant, "is given a value, but is no input of the model; it has " + names);
      }
    }
  }

  List<String> remarks() {
    return builder.remarks();
  }

  private void convert(NodeProto node, Unfolding.Context context) {
    Optional<FunctionProto> function = functions.of(node);
    if (function.isPresent()) {
      unfolding.call(node, function.get(), context);
      return;
    }
    SupportCheck.operators(List.of(node), functions, NodeImport.placeOf(node));
    try {
      switch (node.getOpType()) {
        case "If" -> loops.branch(node, context);
        case "Loop" -> loops.loop(node, context);
        default ->
            OperatorImports.of(node.getOpType()).orElseThrow().convert(new NodeImport(node, context.opset(), builder));
      }
    } catch (ArithmeticException e) {
      throw invalid(node, "a number in it is larger than 32 bits hold", e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IllegalStateException e) {
      throw invalid(node, String.valueOf(e.getMessage()), e);
    } catch (LowpassException e) {
      // Type inference reports the IR node; the user knows the ONNX node.
      throw e.code().equals("LP2001") ? invalid(node, e.problem(), e) : e;
    }
  }

  private static LowpassException invalid(NodeProto node, String message, RuntimeException cause) {
    return new LowpassException(
        "LP1010", NodeImport.placeOf(node), node.getOpType() + " is malformed: " + message, cause);
  }
}

package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.onnx.operator.NodeImport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A body's names as names of the whole model, and its attributes as those of the call.
 *
 * @param names of the body's own tensors; others are the model's already
 * @param place of the node whose body it is
 * @param attributes what references to attributes stand for; those that are not here are left out
 */
record Renaming(Map<String, String> names, String place, Map<String, AttributeProto> attributes) {
  /**
   * A renaming of all that {@code body} defines.
   *
   * @param given names for some, for instance for its inputs
   * @param fresh makes a name that the model does not have
   */
  static Renaming of(
      GraphProto body,
      String place,
      Map<String, String> given,
      Map<String, AttributeProto> attributes,
      UnaryOperator<String> fresh) {
    Map<String, String> names = new LinkedHashMap<>(given);
    for (String name : defined(body)) {
      names.computeIfAbsent(name, own -> fresh.apply(place + "/" + own));
    }
    return new Renaming(names, place, attributes);
  }

  /** The tensors that {@code graph} gives a meaning to. */
  private static Set<String> defined(GraphProto graph) {
    Set<String> names = new LinkedHashSet<>();
    graph.getInputList().forEach(input -> names.add(input.getName()));
    graph.getInitializerList().forEach(initializer -> names.add(initializer.getName()));
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    names.remove("");
    return names;
  }

  /** Names that {@code graph} takes from around it. */
  static Set<String> captured(GraphProto graph) {
    Set<String> read = new LinkedHashSet<>();
    graph.getNodeList().forEach(node -> read.addAll(read(node)));
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    read.removeAll(defined(graph));
    return read;
  }

  /** Names that {@code node} reads, as operands or in graphs among its attributes. */
  static Set<String> read(NodeProto node) {
    Set<String> read = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        read.addAll(captured(attribute.getG()));
      }
      attribute.getGraphsList().forEach(graph -> read.addAll(captured(graph)));
    }
    read.remove("");
    return read;
  }

  String of(String name) {
    return names.getOrDefault(name, name);
  }

  /** {@code graph} itself under the model's names. */
  GraphProto body(GraphProto graph) {
    GraphProto.Builder renamed = GraphProto.newBuilder().setName(graph.getName());
    for (TensorProto initializer : graph.getInitializerList()) {
      renamed.addInitializer(initializer.toBuilder().setName(of(initializer.getName())));
    }
    graph.getNodeList().forEach(node -> renamed.addNode(node(node)));
    for (ValueInfoProto output : graph.getOutputList()) {
      renamed.addOutput(output.toBuilder().setName(of(output.getName())));
    }
    return renamed.build();
  }

  private NodeProto node(NodeProto node) {
    NodeProto.Builder renamed = node.toBuilder().setName(place + "/" + NodeImport.placeOf(node));
    for (int i = 0; i < node.getInputCount(); i++) {
      renamed.setInput(i, of(node.getInput(i)));
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      renamed.setOutput(i, of(node.getOutput(i)));
    }
    return attributes(renamed).build();
  }

  private NodeProto.Builder attributes(NodeProto.Builder node) {
    List<AttributeProto> given = List.copyOf(node.getAttributeList());
    node.clearAttribute();
    for (AttributeProto attribute : given) {
      String reference = attribute.getRefAttrName();
      if (reference.isEmpty()) {
        node.addAttribute(inside(attribute));
      } else if (attributes.containsKey(reference)) {
        node.addAttribute(attributes.get(reference).toBuilder().setName(attribute.getName()));
      }
    }
    return node;
  }

  private AttributeProto inside(AttributeProto attribute) {
    AttributeProto.Builder renamed = attribute.toBuilder();
    if (attribute.hasG()) {
      renamed.setG(captures(attribute.getG()));
    }
    for (int i = 0; i < attribute.getGraphsCount(); i++) {
      renamed.setGraphs(i, captures(attribute.getGraphs(i)));
    }
    return renamed.build();
  }

  /** A graph further inside: only what it takes from around it has another name. */
  private GraphProto captures(GraphProto graph) {
    Map<String, String> outer = new LinkedHashMap<>(names);
    outer.keySet().removeAll(defined(graph));
    Renaming renaming = new Renaming(outer, place, attributes);
    GraphProto.Builder renamed = graph.toBuilder();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      NodeProto node = graph.getNode(i);
      NodeProto.Builder inner = node.toBuilder();
      for (int input = 0; input < node.getInputCount(); input++) {
        inner.setInput(input, renaming.of(node.getInput(input)));
      }
      renamed.setNode(i, renaming.attributes(inner));
    }
    for (int i = 0; i < graph.getOutputCount(); i++) {
      renamed.setOutput(i, graph.getOutput(i).toBuilder().setName(renaming.of(graph.getOutput(i).getName())));
    }
    return renamed.build();
  }
}

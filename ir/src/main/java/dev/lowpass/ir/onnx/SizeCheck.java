package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.onnx.operator.NodeImport;
import java.util.Collection;

/**
 * Whether what a model lists is short enough: nodes, operands, attributes, names. What tensors hold is looked at when
 * they are read. Subgraphs lie no deeper than messages may, so that recursion has an end.
 */
final class SizeCheck {
  private final String place;
  private final Limits limits;
  private long nodes;

  /** @param place the model, for messages */
  SizeCheck(String place, Limits limits) {
    this.place = place;
    this.limits = limits;
  }

  /** @throws LowpassException LP1012 for the first thing that is too large */
  void check(ModelProto model) {
    graph(model.getGraph());
    model.getFunctionsList().forEach(this::function);
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      name("a key of the metadata", entry.getKeyBytes());
      limits.check(Limit.TEXT, place, "the metadata's '" + entry.getKey() + "'", entry.getValueBytes().size());
    }
  }

  private void graph(GraphProto graph) {
    name("the name of a graph", graph.getNameBytes());
    count(graph.getNodeList());
    graph.getInitializerList().stream().map(TensorProto::getNameBytes).forEach(name -> name("a tensor's name", name));
    values(graph.getInputList());
    values(graph.getOutputList());
  }

  private void function(FunctionProto function) {
    name("the name of a function", function.getNameBytes());
    count(function.getNodeList());
  }

  private void count(Collection<NodeProto> listed) {
    nodes += listed.size();
    limits.check(Limit.NODES, place, "the model", nodes);
    listed.forEach(this::node);
  }

  private void values(Collection<ValueInfoProto> values) {
    for (ValueInfoProto value : values) {
      name("the name of an input or output", value.getNameBytes());
      for (Dimension dimension : value.getType().getTensorType().getShape().getDimList()) {
        name("the name of a dimension", dimension.getDimParamBytes());
      }
    }
  }

  private void node(NodeProto node) {
    name("the name of a node", node.getNameBytes());
    name("the name of an operator", node.getOpTypeBytes());
    name("the domain of an operator", node.getDomainBytes());
    for (int i = 0; i < node.getInputCount(); i++) {
      name("the name of an operand", node.getInputBytes(i));
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      name("the name of a result", node.getOutputBytes(i));
    }
    String at = NodeImport.placeOf(node);
    limits.check(Limit.OPERANDS, at, node.getOpType(), (long) node.getInputCount() + node.getOutputCount());
    limits.check(Limit.LIST, at, "its attributes", node.getAttributeCount());
    node.getAttributeList().forEach(attribute -> attribute(at, attribute));
  }

  private void attribute(String at, AttributeProto attribute) {
    name("the name of an attribute", attribute.getNameBytes());
    String what = "attribute '" + attribute.getName() + "'";
    limits.check(Limit.NAME, at, what, attribute.getS().size());
    limits.check(Limit.LIST, at, what, attribute.getIntsCount());
    limits.check(Limit.LIST, at, what, attribute.getFloatsCount());
    limits.check(Limit.LIST, at, what, attribute.getStringsCount());
    limits.check(Limit.LIST, at, what, attribute.getTensorsCount());
    limits.check(Limit.LIST, at, what, attribute.getGraphsCount());
    for (ByteString text : attribute.getStringsList()) {
      limits.check(Limit.NAME, at, what, text.size());
    }
    if (attribute.hasG()) {
      graph(attribute.getG());
    }
    attribute.getGraphsList().forEach(this::graph);
  }

  private void name(String what, ByteString name) {
    limits.check(Limit.NAME, place, what, name.size());
  }
}

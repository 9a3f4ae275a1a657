package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.AttributeExport.integer;
import static dev.lowpass.ir.onnx.AttributeExport.text;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.GatherElements;
import dev.lowpass.ir.op.GatherPoints;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.Join;
import dev.lowpass.ir.op.ScatterElements;
import dev.lowpass.ir.op.ScatterPoints;

/** How gathers and scatters are written. ONNX leaves open what an index outside does. */
final class IndexedExport {
  private IndexedExport() {}

  static NodeProto.Builder of(GraphExport graph, Node node, Indexed op) {
    return switch (op) {
      case Gather gather -> plain(graph, "Gather", node).addAttribute(integer("axis", gather.axis()));
      case GatherElements gather -> plain(graph, "GatherElements", node).addAttribute(integer("axis", gather.axis()));
      case GatherPoints gather -> plain(graph, "GatherND", node).addAttribute(integer("batch_dims", gather.batch()));
      case ScatterElements scatter ->
          plain(graph, "ScatterElements", node)
              .addAttribute(integer("axis", scatter.axis()))
              .addAttribute(text("reduction", reduction(scatter.join())));
      case ScatterPoints scatter ->
          plain(graph, "ScatterND", node).addAttribute(text("reduction", reduction(scatter.join())));
    };
  }

  private static NodeProto.Builder plain(GraphExport graph, String type, Node node) {
    return graph.node(type, node, node.operands().stream().map(Value::name).toList());
  }

  private static String reduction(Join join) {
    return join == Join.REPLACE ? "none" : join.word();
  }
}

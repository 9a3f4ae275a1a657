package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.AttributeExport.flag;
import static dev.lowpass.ir.onnx.AttributeExport.real;
import static dev.lowpass.ir.onnx.AttributeExport.text;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.ArrayList;
import java.util.List;

/** How a resize is written: as ONNX's, or as two products where ONNX cannot say the same. */
final class ResizeExport {
  private ResizeExport() {}

  static void write(GraphExport graph, Node node, Resize resize) {
    switch (resize.filter()) {
      case ResizeFilter.CUBIC ->
          graph.add(resize(graph, node, resize, "cubic").addAttribute(real("cubic_coeff_a", -0.5f)));
      case ResizeFilter.LINEAR -> graph.add(resize(graph, node, resize, "linear"));
      case ResizeFilter.DCT -> products(graph, node, resize);
      case Interpolation interpolation ->
          InterpolationExport.of(graph, node, resize, interpolation, read(graph, node, resize))
              .ifPresentOrElse(graph::add, () -> products(graph, node, resize));
    }
  }

  private static NodeProto.Builder resize(GraphExport graph, Node node, Resize resize, String mode) {
    String sizes = graph.operand(node, "sizes", node.type().shape().dims());
    String absent = "";
    return graph
        .node("Resize", node, List.of(read(graph, node, resize), absent, absent, sizes))
        .addAttribute(text("mode", mode))
        .addAttribute(text("coordinate_transformation_mode", "half_pixel"))
        .addAttribute(flag("antialias", true))
        .addAttribute(flag("exclude_outside", true));
  }

  /** The map, or the middle of it by a Slice. */
  private static String read(GraphExport graph, Node node, Resize resize) {
    if (resize.crop().isEmpty()) {
      return node.operand(0).name();
    }
    Shape image = node.operand(0).type().shape();
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int axis = 0; axis < 2; axis++) {
      starts.add(resize.from(image, axis));
      ends.add(resize.from(image, axis) + resize.read(image, axis));
    }
    List<String> operands =
        List.of(
            node.operand(0).name(),
            graph.operand(node, "starts", starts),
            graph.operand(node, "ends", ends),
            graph.operand(node, "axes", List.of(2, 3)));
    return graph.intermediate(node, "middle", "Slice", operands);
  }

  /** V x Hᵀ, which reads back as two products. */
  private static void products(GraphExport graph, Node node, Resize resize) {
    Shape image = node.operand(0).type().shape();
    String columns = graph.operand(node, "columns", tensor(resize.vertical(image).matrix(), false));
    String rows = graph.operand(node, "rows", tensor(resize.horizontal(image).matrix(), true));
    String shorter = graph.intermediate(node, "shorter", "MatMul", List.of(columns, node.operand(0).name()));
    graph.add(graph.node("MatMul", node, List.of(shorter, rows)));
  }

  private static Tensor tensor(double[][] matrix, boolean transposed) {
    int height = matrix.length;
    int width = matrix[0].length;
    float[] values = new float[height * width];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        values[transposed ? j * height + i : i * width + j] = (float) matrix[i][j];
      }
    }
    return transposed ? Tensor.of(values, width, height) : Tensor.of(values, height, width);
  }
}

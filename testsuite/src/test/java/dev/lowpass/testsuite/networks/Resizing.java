package dev.lowpass.testsuite.networks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lowpass.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How maps are resized.
 *
 * @param mode nearest, linear or cubic
 * @param coordinates where samples lie: ONNX's {@code coordinate_transformation_mode}
 */
record Resizing(String mode, String coordinates) {
  static final Resizing NEAREST = new Resizing("nearest", "asymmetric");
  static final Resizing BILINEAR = new Resizing("linear", "pytorch_half_pixel");
  static final Resizing ALIGNED = new Resizing("linear", "align_corners");
  static final Resizing CUBIC = new Resizing("cubic", "pytorch_half_pixel");

  /** Maps {@code scale} times as large. */
  Feature by(Network network, Feature x, int scale) {
    List<Integer> shape = List.of(x.extent(0), x.channels(), x.extent(2) * scale, x.extent(3) * scale);
    OnnxGraph graph = network.graph();
    Feature scales = graph.constant(Tensor.of(new float[] {1, 1, scale, scale}, 4));
    if (graph.opset() < 10) {
      return graph.node("Upsample", List.of(x, scales), shape, Attributes.text("mode", mode));
    }
    return graph.node("Resize", List.of(x, leftOut(graph), scales), shape, attributes());
  }

  /** Maps as large as those of {@code other}, whose extents are asked for: Shape, Slice, Concat. */
  Feature like(Network network, Feature x, Feature other) {
    OnnxGraph graph = network.graph();
    Movements movements = network.movements();
    Feature all = graph.node("Shape", List.of(x), List.of(4));
    Feature kept = movements.slice(all, 0, 0, 2, 1);
    Feature sizes = movements.concat(0, kept, movements.extentOf(other, 2), movements.extentOf(other, 3));
    List<Integer> shape = List.of(x.extent(0), x.channels(), other.extent(2), other.extent(3));
    return graph.node("Resize", List.of(x, leftOut(graph), leftOut(graph), sizes), shape, attributes());
  }

  /** Operands that ONNX made optional in opset 13 are tensors without elements before. */
  private static Feature leftOut(OnnxGraph graph) {
    return graph.opset() < 13 ? graph.constant(Tensor.of(new float[0], 0)) : Feature.NONE;
  }

  private AttributeProto[] attributes() {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(Attributes.text("coordinate_transformation_mode", coordinates));
    attributes.add(Attributes.text("mode", mode));
    switch (mode) {
      case "nearest" -> attributes.add(Attributes.text("nearest_mode", "floor"));
      case "cubic" -> attributes.add(Attributes.real("cubic_coeff_a", -0.75));
      default -> {}
    }
    return attributes.toArray(AttributeProto[]::new);
  }
}

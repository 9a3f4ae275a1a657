package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.AttributeExport.flag;
import static dev.lowpass.ir.onnx.AttributeExport.real;
import static dev.lowpass.ir.onnx.AttributeExport.text;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.NearestRounding;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.SamplePlaces;
import java.util.List;
import java.util.Optional;

/** How a resize is written that does what ONNX's does. */
final class InterpolationExport {
  private InterpolationExport() {}

  /** The node, or nothing where ONNX has no word for it: extents that do not follow from the scales. */
  static Optional<NodeProto.Builder> of(
      GraphExport graph, Node node, Resize resize, Interpolation interpolation, String map) {
    Shape image = node.operand(0).type().shape();
    SamplePlaces places = interpolation.places();
    Optional<NearestRounding> rounding = rounding(interpolation.rounding(), resize, image);
    if (rounding.isEmpty() || !follow(resize, image, places)) {
      return Optional.empty();
    }
    String absent = "";
    boolean scaled = !places.scales().isEmpty();
    String region = places.region().isEmpty() ? absent : graph.operand(node, "roi", region(places.region()));
    String scales = scaled ? graph.operand(node, "scales", vector(1, 1, places.scales())) : absent;
    List<String> operands =
        scaled
            ? List.of(map, region, scales)
            : List.of(map, region, scales, graph.operand(node, "sizes", node.type().shape().dims()));
    return Optional.of(
        graph
            .node("Resize", node, operands)
            .addAttribute(text("mode", interpolation.kernel().toString()))
            .addAttribute(text("coordinate_transformation_mode", places.rule().toString()))
            .addAttribute(text("nearest_mode", rounding.orElseThrow().toString()))
            .addAttribute(real("cubic_coeff_a", interpolation.cubic()))
            .addAttribute(flag("antialias", interpolation.antialias()))
            .addAttribute(flag("exclude_outside", interpolation.excludeOutside())));
  }

  /** Where the one of old opsets does the same along both axes as one that has a name. */
  private static Optional<NearestRounding> rounding(NearestRounding rounding, Resize resize, Shape image) {
    if (rounding != NearestRounding.OUTWARD) {
      return Optional.of(rounding);
    }
    boolean shorter = resize.size().get(0) < image.dim(2);
    return shorter == resize.size().get(1) < image.dim(3)
        ? Optional.of(shorter ? NearestRounding.CEIL : NearestRounding.FLOOR)
        : Optional.empty();
  }

  private static boolean follow(Resize resize, Shape image, SamplePlaces places) {
    for (int axis = 0; axis < places.scales().size(); axis++) {
      if ((int) (image.dim(2 + axis) * places.scales().get(axis)) != resize.size().get(axis)) {
        return false;
      }
    }
    return places.scales().isEmpty() || places.region().isEmpty();
  }

  private static Tensor region(List<Float> region) {
    float[] values = {0, 0, region.get(0), region.get(1), 1, 1, region.get(2), region.get(3)};
    return Tensor.of(values, values.length);
  }

  private static Tensor vector(float first, float second, List<Float> others) {
    float[] values = {first, second, others.get(0), others.get(1)};
    return Tensor.of(values, values.length);
  }
}

package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.NearestRounding;
import dev.lowpass.ir.op.SamplePlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Resize and its predecessor Upsample, in all opsets and modes. Integers of up to 32 bits are resized as f32, but for what
 * is nearest, which is of any type.
 */
final class ResizeImport implements OperatorImport {
  /** Opset of the first Resize that says how places are rounded. */
  private static final int SAYS_PLACES = 11;

  @Override
  public void convert(NodeImport node) {
    ElementType element = node.operand(0).type().element();
    Interpolation.Kernel kernel = kernel(node);
    boolean isComputed = isHeldBySingles(element) || element == ElementType.I32;
    if (!isComputed && kernel != Interpolation.Kernel.NEAREST) {
      throw node.unsupported("elements of type " + element + " that are not the nearest");
    }
    Shape shape = node.shape(0);
    SamplePlaces.Rule rule = rule(node);
    List<ResizedAxis> axes = axes(node, shape, rule);
    Interpolation interpolation =
        new Interpolation(
            kernel,
            new SamplePlaces(SamplePlaces.Rule.HALF_PIXEL, List.of(), List.of()),
            rounding(node),
            node.attributes().real("cubic_coeff_a", -0.75f),
            node.attributes().flag("antialias") && kernel != Interpolation.Kernel.NEAREST,
            node.attributes().flag("exclude_outside"));
    float outside = node.attributes().real("extrapolation_value", 0);
    new ResizedMaps(node, axes, rule, interpolation, outside).convert(element);
  }

  /** Whether what is computed of elements of this type is computed in f32 and loses nothing by it. */
  static boolean isHeldBySingles(ElementType element) {
    return switch (element) {
      case F32, F64, F16, BF16, I8, U8, I16, U16 -> true;
      case I32, U32, I64, U64, BOOL -> false;
    };
  }

  private static Interpolation.Kernel kernel(NodeImport node) {
    String mode = node.attributes().text("mode", "nearest");
    return switch (mode) {
      case "nearest" -> Interpolation.Kernel.NEAREST;
      // The first Upsample has a word for two axes.
      case "linear", "bilinear" -> Interpolation.Kernel.LINEAR;
      case "cubic" -> Interpolation.Kernel.CUBIC;
      default -> throw new IllegalArgumentException("mode is " + mode);
    };
  }

  private static SamplePlaces.Rule rule(NodeImport node) {
    return node.opset() < SAYS_PLACES
        ? SamplePlaces.Rule.ASYMMETRIC
        : SamplePlaces.Rule.parse(node.attributes().text("coordinate_transformation_mode", "half_pixel"));
  }

  private static NearestRounding rounding(NodeImport node) {
    return node.opset() < SAYS_PLACES
        ? NearestRounding.OUTWARD
        : NearestRounding.parse(node.attributes().text("nearest_mode", "round_prefer_floor"));
  }

  /** What becomes of every axis. */
  private static List<ResizedAxis> axes(NodeImport node, Shape shape, SamplePlaces.Rule rule) {
    int rank = shape.rank();
    List<Integer> named =
        node.attributes()
            .integers("axes")
            .map(given -> given.stream().map(axis -> Axes.normal(axis, rank)).toList())
            .orElse(IntStream.range(0, rank).boxed().toList());
    if (named.stream().distinct().count() != named.size()) {
      throw new IllegalArgumentException("axes " + named + " name an axis twice");
    }
    List<ResizedAxis> axes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      axes.add(ResizedAxis.same(shape.dim(axis)));
    }
    boolean crops = rule == SamplePlaces.Rule.TF_CROP_AND_RESIZE;
    Optional<List<Float>> region = crops ? reals(node, 1, "a region", 2 * named.size()) : Optional.empty();
    if (crops && region.isEmpty()) {
      throw new IllegalArgumentException("roi is missing");
    }
    Optional<List<Float>> scales = scales(node, named.size());
    List<ResizedAxis> resized =
        scales.isPresent() ? scaled(shape, named, scales.orElseThrow()) : sized(node, shape, named);
    for (int i = 0; i < named.size(); i++) {
      ResizedAxis one = resized.get(i);
      if (region.isPresent()) {
        one = one.reading(region.orElseThrow().get(i), region.orElseThrow().get(i + named.size()), scales.isPresent());
      }
      axes.set(named.get(i), one);
    }
    return axes;
  }

  private static List<ResizedAxis> scaled(Shape shape, List<Integer> named, List<Float> scales) {
    List<ResizedAxis> axes = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      axes.add(ResizedAxis.scaled(shape.dim(named.get(i)), scales.get(i)));
    }
    return axes;
  }

  private static List<ResizedAxis> sized(NodeImport node, Shape shape, List<Integer> named) {
    List<Long> sizes =
        node.integers(3, "sizes").orElseThrow(() -> new IllegalArgumentException("neither scales nor sizes"));
    if (sizes.size() != named.size()) {
      throw new IllegalArgumentException("sizes " + sizes + " for " + named.size() + " axes");
    }
    List<Integer> extents = Axes.extents(sizes);
    String policy = node.attributes().text("keep_aspect_ratio_policy", "stretch").toLowerCase(Locale.ROOT);
    if (policy.equals("stretch")) {
      return IntStream.range(0, named.size())
          .mapToObj(i -> ResizedAxis.sized(shape.dim(named.get(i)), extents.get(i)))
          .toList();
    }
    if (!policy.equals("not_larger") && !policy.equals("not_smaller")) {
      throw new IllegalArgumentException("keep_aspect_ratio_policy is " + policy);
    }
    float common = (float) extents.getFirst() / shape.dim(named.getFirst());
    for (int i = 1; i < named.size(); i++) {
      float own = (float) extents.get(i) / shape.dim(named.get(i));
      common = policy.equals("not_larger") ? Math.min(common, own) : Math.max(common, own);
    }
    float scale = common;
    return named.stream().map(axis -> ResizedAxis.rounded(shape.dim(axis), scale)).toList();
  }

  private static Optional<List<Float>> scales(NodeImport node, int count) {
    Optional<List<Float>> attribute = node.attributes().reals("scales");
    if (attribute.isPresent()) {
      if (attribute.orElseThrow().size() != count) {
        throw new IllegalArgumentException("scales " + attribute.orElseThrow() + " for " + count + " axes");
      }
      return attribute;
    }
    return reals(node, node.opset() < SAYS_PLACES ? 1 : 2, "scales", count);
  }

  /** The numbers of a constant operand, if it is there and not empty. */
  private static Optional<List<Float>> reals(NodeImport node, int operand, String meaning, int count) {
    Optional<Tensor> tensor = node.constant(operand, meaning).filter(given -> given.shape().elements() > 0);
    if (tensor.isPresent() && tensor.orElseThrow().shape().elements() != count) {
      throw new IllegalArgumentException(
          "%s of shape %s, where %d numbers are due".formatted(meaning, tensor.orElseThrow().shape(), count));
    }
    return tensor.map(
        given -> IntStream.range(0, count).mapToObj(i -> (float) given.at(i)).toList());
  }
}

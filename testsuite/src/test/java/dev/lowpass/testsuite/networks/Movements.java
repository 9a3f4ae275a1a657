package dev.lowpass.testsuite.networks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What moves elements, changes shapes, or reduces axes, in the form that the model's opset asks for. */
final class Movements {
  private final OnnxGraph graph;

  Movements(OnnxGraph graph) {
    this.graph = graph;
  }

  /** The shape of a function of two elements. */
  static List<Integer> broadcast(List<Integer> a, List<Integer> b) {
    int rank = Math.max(a.size(), b.size());
    return IntStream.iterate(rank, distance -> distance > 0, distance -> distance - 1)
        .mapToObj(distance -> Math.max(fromEnd(a, distance), fromEnd(b, distance)))
        .toList();
  }

  private static int fromEnd(List<Integer> shape, int distance) {
    return distance > shape.size() ? 1 : shape.get(shape.size() - distance);
  }

  /** A reshape to constant extents; one may be -1. */
  Feature reshape(Feature x, int... extents) {
    return reshape(x, graph.indices(extents), extents);
  }

  private Feature reshape(Feature x, Feature target, int... extents) {
    int known = IntStream.of(extents).filter(extent -> extent != -1).reduce(1, Math::multiplyExact);
    List<Integer> shape = IntStream.of(extents).map(each -> each == -1 ? x.elements() / known : each).boxed().toList();
    return graph.node("Reshape", List.of(x, target), shape);
  }

  /** A reshape that keeps the batch, as PyTorch writes {@code x.view(x.size(0), …)}: its size is asked for. */
  Feature reshapeKeepingBatch(Feature x, int... others) {
    Feature batch = extentOf(x, 0);
    List<Feature> parts = new ArrayList<>(List.of(batch));
    IntStream.of(others).forEach(extent -> parts.add(graph.indices(extent)));
    int[] extents = IntStream.concat(IntStream.of(x.extent(0)), IntStream.of(others)).toArray();
    return reshape(x, concat(0, parts), extents);
  }

  /** The extent of an axis of {@code x} as a list of one integer: Shape, Gather, Unsqueeze. */
  Feature extentOf(Feature x, int axis) {
    Feature shape = graph.node("Shape", List.of(x), List.of(x.rank()));
    return unsqueeze(gather(shape, 0, axis), 0);
  }

  Feature flatten(Feature x) {
    List<Integer> shape = List.of(x.extent(0), x.elements() / x.extent(0));
    return graph.node("Flatten", List.of(x), shape, Attributes.integer("axis", 1));
  }

  Feature transpose(Feature x, int... permutation) {
    List<Integer> shape = IntStream.of(permutation).mapToObj(x::extent).toList();
    return graph.node("Transpose", List.of(x), shape, Attributes.integers("perm", permutation));
  }

  Feature concat(int axis, Feature... parts) {
    return concat(axis, List.of(parts));
  }

  Feature concat(int axis, List<Feature> parts) {
    Feature first = parts.getFirst();
    int place = axis < 0 ? axis + first.rank() : axis;
    List<Integer> shape = new ArrayList<>(first.shape());
    shape.set(place, parts.stream().mapToInt(part -> part.extent(place)).sum());
    return graph.node("Concat", parts, shape, Attributes.integer("axis", axis));
  }

  List<Feature> split(Feature x, int axis, int... sizes) {
    int place = axis < 0 ? axis + x.rank() : axis;
    List<List<Integer>> shapes = new ArrayList<>();
    for (int size : sizes) {
      List<Integer> shape = new ArrayList<>(x.shape());
      shape.set(place, size);
      shapes.add(shape);
    }
    AttributeProto along = Attributes.integer("axis", axis);
    return graph.opset() < 13
        ? graph.nodeOf("Split", List.of(x), shapes, along, Attributes.integers("split", sizes))
        : graph.nodeOf("Split", List.of(x, graph.indices(sizes)), shapes, along);
  }

  /** Elements {@code start, start + step, …} before {@code end} of an axis; an end may lie far behind the last one. */
  Feature slice(Feature x, int axis, int start, int end, int step) {
    List<Integer> shape = new ArrayList<>(x.shape());
    int last = Math.min(end < 0 ? end + x.extent(axis) : end, x.extent(axis));
    shape.set(axis, Math.ceilDiv(last - start, step));
    return graph.opset() < 10
        ? graph.node(
            "Slice",
            List.of(x),
            shape,
            Attributes.integers("axes", axis),
            Attributes.integers("ends", end),
            Attributes.integers("starts", start))
        : graph.node(
            "Slice",
            List.of(x, graph.indices(start), graph.indices(end), graph.indices(axis), graph.indices(step)),
            shape);
  }

  /** The one place {@code index} of an axis, which is gone then. */
  Feature gather(Feature x, int axis, int index) {
    List<Integer> shape = new ArrayList<>(x.shape());
    shape.remove(axis);
    Feature place = graph.constant(IntegerScalar.of(index));
    return graph.node("Gather", List.of(x, place), shape, Attributes.integer("axis", axis));
  }

  Feature unsqueeze(Feature x, int axis) {
    List<Integer> shape = new ArrayList<>(x.shape());
    shape.add(axis, 1);
    return withAxes("Unsqueeze", 13, x, shape, axis);
  }

  Feature squeeze(Feature x, int... axes) {
    return withAxes("Squeeze", 13, x, without(x, false, axes), axes);
  }

  /** A reduction; its axes are an operand from opset {@code since} on. */
  Feature reduce(String type, int since, Feature x, boolean keepsAxes, int... axes) {
    List<Integer> shape = without(x, keepsAxes, axes);
    AttributeProto keep = Attributes.integer("keepdims", keepsAxes ? 1 : 0);
    return withAxes(type, since, x, shape, List.of(keep), axes);
  }

  private Feature withAxes(String type, int since, Feature x, List<Integer> shape, int... axes) {
    return withAxes(type, since, x, shape, List.of(), axes);
  }

  private Feature withAxes(
      String type, int since, Feature x, List<Integer> shape, List<AttributeProto> attributes, int... axes) {
    if (graph.opset() >= since) {
      return graph.node(type, List.of(x, graph.indices(axes)), shape, attributes.toArray(AttributeProto[]::new));
    }
    List<AttributeProto> all = new ArrayList<>(attributes);
    all.add(Attributes.integers("axes", axes));
    return graph.node(type, List.of(x), shape, all.toArray(AttributeProto[]::new));
  }

  private static List<Integer> without(Feature x, boolean keepsAxes, int... axes) {
    List<Integer> gone = IntStream.of(axes).mapToObj(axis -> axis < 0 ? axis + x.rank() : axis).toList();
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (!gone.contains(axis)) {
        shape.add(x.extent(axis));
      } else if (keepsAxes) {
        shape.add(1);
      }
    }
    return shape;
  }

  /** Zeros around a map: so many rows above and below, so many columns before and behind. */
  Feature pad(Feature x, int above, int left, int below, int right) {
    List<Integer> shape =
        List.of(x.extent(0), x.channels(), x.extent(2) + above + below, x.extent(3) + left + right);
    int[] pads = {0, 0, above, left, 0, 0, below, right};
    if (graph.opset() < 11) {
      return graph.node(
          "Pad", List.of(x), shape, Attributes.text("mode", "constant"), Attributes.integers("pads", pads));
    }
    return graph.node(
        "Pad", List.of(x, graph.indices(pads), graph.scalar(0)), shape, Attributes.text("mode", "constant"));
  }

  /** @param mode DCR or CRD */
  Feature depthToSpace(Feature x, int block, String mode) {
    List<Integer> shape =
        List.of(x.extent(0), x.channels() / (block * block), x.extent(2) * block, x.extent(3) * block);
    return graph.node(
        "DepthToSpace", List.of(x), shape, Attributes.integer("blocksize", block), Attributes.text("mode", mode));
  }
}

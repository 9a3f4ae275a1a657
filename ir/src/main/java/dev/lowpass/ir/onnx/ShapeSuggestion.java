package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Shapes that a model with open dimensions might be given: the first one that it can be imported with, for an error that
 * can be acted on.
 *
 * @param graph the model
 * @param imports whether the model can be imported with these shapes
 */
record ShapeSuggestion(GraphProto graph, Predicate<ImportOptions> imports) {
  /** Extents of pictures and signals in common use, the most common first. */
  private static final List<Integer> EXTENTS = List.of(224, 32, 28, 256, 320, 299, 96, 128, 640, 512);

  private static final int PICTURE_RANK = 4;
  private static final int PICTURE_CHANNELS = 3;

  /** A shape for {@code input}, written as the command line takes it. */
  String of(ValueInfoProto input, List<ValueInfoProto> inputs, ImportOptions options) {
    Set<Integer> extents = new LinkedHashSet<>(known(input));
    extents.addAll(EXTENTS);
    List<Shape> candidates = extents.stream().map(extent -> shape(input, extent)).toList();
    List<Integer> tried = List.copyOf(extents);
    Shape found = candidates.getFirst();
    for (int i = 0; i < tried.size(); i++) {
      if (imports.test(all(inputs, options, tried.get(i)))) {
        found = candidates.get(i);
        break;
      }
    }
    return input.getName() + "=" + found.dims().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /** Extents of a picture that the model does say: the others are often the same. */
  private static List<Integer> known(ValueInfoProto input) {
    return dimensions(input).stream()
        .skip(2)
        .map(Dimension::getDimValue)
        .filter(extent -> extent > 0 && extent < Integer.MAX_VALUE)
        .map(Math::toIntExact)
        .toList();
  }

  private ImportOptions all(List<ValueInfoProto> inputs, ImportOptions options, int extent) {
    ImportOptions bound = options;
    for (ValueInfoProto input : inputs) {
      if (!options.shapes().containsKey(input.getName())) {
        bound = bound.withShape(input.getName(), shape(input, extent));
      }
    }
    return bound;
  }

  private Shape shape(ValueInfoProto input, int extent) {
    boolean known = input.getType().getTensorType().hasShape();
    List<Dimension> declared = dimensions(input);
    int rank = known ? declared.size() : rank(input);
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      long fixed = known ? declared.get(axis).getDimValue() : 0;
      int open = axis == 0 ? 1 : axis == 1 && rank > 2 ? channels(input) : extent;
      dims.add(fixed > 0 && fixed < Integer.MAX_VALUE ? (int) fixed : open);
    }
    try {
      return new Shape(dims);
    } catch (ArithmeticException e) {
      return Shape.of(1);
    }
  }

  private int rank(ValueInfoProto input) {
    return weight(input).map(TensorProto::getDimsCount).orElse(PICTURE_RANK);
  }

  private int channels(ValueInfoProto input) {
    Optional<NodeProto> reader = reader(input);
    long groups =
        reader.stream()
            .flatMap(node -> node.getAttributeList().stream())
            .filter(attribute -> attribute.getName().equals("group"))
            .mapToLong(AttributeProto::getI)
            .findFirst()
            .orElse(1);
    return weight(input)
        .filter(weight -> weight.getDimsCount() > 1)
        .map(weight -> weight.getDims(1) * groups)
        .filter(channels -> channels > 0 && channels < Integer.MAX_VALUE)
        .map(Math::toIntExact)
        .orElse(PICTURE_CHANNELS);
  }

  /** The weights of the convolution that reads {@code input}: they know its rank and its channels. */
  private Optional<TensorProto> weight(ValueInfoProto input) {
    return reader(input)
        .flatMap(
            node ->
                graph.getInitializerList().stream()
                    .filter(tensor -> tensor.getName().equals(node.getInput(1)))
                    .findFirst());
  }

  private Optional<NodeProto> reader(ValueInfoProto input) {
    return graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Conv") && node.getInputCount() > 1)
        .filter(node -> node.getInput(0).equals(input.getName()))
        .findFirst();
  }

  private static List<Dimension> dimensions(ValueInfoProto input) {
    return input.getType().getTensorType().getShape().getDimList();
  }
}

package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.onnx.tensor.Encoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of a model's inputs with every dimension known. Dimensions that the model leaves open come from {@code
 * --shape}, or from another input where a symbol (such as N) is the same. The batch is no exception: what an artifact is
 * for must not be a guess.
 */
final class InputTypes {
  private final Map<String, Integer> symbols = new LinkedHashMap<>();
  private final ImportOptions options;
  private final Consumer<String> remarks;
  private final List<ValueInfoProto> inputs;
  private final ShapeSuggestion suggestion;

  private InputTypes(
      List<ValueInfoProto> inputs, ImportOptions options, Consumer<String> remarks, ShapeSuggestion suggestion) {
    this.inputs = inputs;
    this.suggestion = suggestion;
    this.options = options;
    this.remarks = remarks;
  }

  /**
   * Types by name in the order of {@code inputs}; error LP1007 for a shape, LP1008 for an element type that cannot be,
   * LP1012 for too many elements.
   */
  static SequencedMap<String, TensorType> of(
      List<ValueInfoProto> inputs, ImportOptions options, Consumer<String> remarks, ShapeSuggestion suggestion) {
    InputTypes types = new InputTypes(inputs, options, remarks, suggestion);
    List<String> names = inputs.stream().map(ValueInfoProto::getName).toList();
    for (String bound : options.shapes().keySet()) {
      if (!names.contains(bound)) {
        throw new LowpassException("LP1007", bound, "is given a shape, but is no input of the model; it has " + names);
      }
    }
    inputs.forEach(types::bindSymbols);
    SequencedMap<String, TensorType> result = new LinkedHashMap<>();
    inputs.forEach(input -> result.put(input.getName(), types.type(input)));
    return result;
  }

  private void bindSymbols(ValueInfoProto input) {
    Shape bound = options.shapes().get(input.getName());
    List<Dimension> declared = dimensions(input);
    if (bound == null || declared.size() != bound.rank()) {
      return;
    }
    for (int axis = 0; axis < declared.size(); axis++) {
      Dimension dimension = declared.get(axis);
      if (isSymbol(dimension)) {
        Integer earlier = symbols.put(dimension.getDimParam(), bound.dim(axis));
        if (earlier != null && earlier != bound.dim(axis)) {
          throw new LowpassException(
              "LP1007",
              input.getName(),
              "dimension '%s' is bound to %d and to %d".formatted(dimension.getDimParam(), earlier, bound.dim(axis)));
        }
      }
    }
  }

  private TensorType type(ValueInfoProto input) {
    String name = input.getName();
    if (!input.getType().hasTensorType()) {
      throw new LowpassException("LP1008", name, "is not a tensor");
    }
    ElementType element =
        element(input)
            .orElseThrow(
                () -> {
                  TensorProto.DataType type =
                      TensorProto.DataType.forNumber(input.getType().getTensorType().getElemType());
                  return new LowpassException("LP1008", name, "is an input of type " + type + "; numbers are read");
                });
    if (element.isFloating() && element != ElementType.F32) {
      remarks.accept("input " + name + ": given as " + element + ", computed in f32");
    }
    Shape shape = shape(input);
    options.limits().checkShape(name, "an input", shape.dims());
    return TensorType.spatial(element, shape);
  }

  /** The type of the elements of {@code value}, if the model says so and it is one that can be read. */
  static Optional<ElementType> element(ValueInfoProto value) {
    return Encoding.of(value.getType().getTensorType().getElemType()).map(Encoding::element);
  }

  private Shape shape(ValueInfoProto input) {
    String name = input.getName();
    Shape bound = options.shapes().get(name);
    if (!input.getType().getTensorType().hasShape()) {
      if (bound == null) {
        throw new LowpassException("LP1007", name, "has no shape; give it one with --shape " + example(input));
      }
      return bound;
    }
    List<Dimension> declared = dimensions(input);
    if (bound != null && bound.rank() != declared.size()) {
      throw contradiction(input, bound);
    }
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < declared.size(); axis++) {
      Dimension dimension = declared.get(axis);
      if (dimension.getDimValue() > 0) {
        if (bound != null && bound.dim(axis) != dimension.getDimValue()) {
          throw contradiction(input, bound);
        }
        dims.add(fixed(input, dimension.getDimValue()));
      } else {
        dims.add(open(input, axis, bound));
      }
    }
    options.limits().checkShape(name, "an input", dims);
    return new Shape(dims);
  }

  private int open(ValueInfoProto input, int axis, @Nullable Shape bound) {
    Dimension dimension = dimensions(input).get(axis);
    if (bound != null) {
      return bound.dim(axis);
    }
    Integer symbol = isSymbol(dimension) ? symbols.get(dimension.getDimParam()) : null;
    if (symbol != null) {
      return symbol;
    }
    throw new LowpassException(
        "LP1007",
        input.getName(),
        "dimension %d ('%s'%s) of %s is open; bind it with --shape %s"
            .formatted(axis, text(dimension), axis == 0 ? ", the batch" : "", text(input), example(input)));
  }

  private static int fixed(ValueInfoProto input, long extent) {
    if (extent > Integer.MAX_VALUE) {
      throw new LowpassException("LP1007", input.getName(), "has the impossible shape " + text(input));
    }
    return (int) extent;
  }

  private static LowpassException contradiction(ValueInfoProto input, Shape bound) {
    return new LowpassException(
        "LP1007", input.getName(), "cannot be given shape " + bound + ": the model has " + text(input));
  }

  private static List<Dimension> dimensions(ValueInfoProto input) {
    return input.getType().getTensorType().getShape().getDimList();
  }

  /** Paddle writes a question mark for every open dimension; that one is no symbol. */
  private static boolean isSymbol(Dimension dimension) {
    return !dimension.getDimParam().isEmpty() && !dimension.getDimParam().equals("?");
  }

  private static String text(Dimension dimension) {
    if (dimension.getDimValue() > 0) {
      return Long.toString(dimension.getDimValue());
    }
    return isSymbol(dimension) ? dimension.getDimParam() : "?";
  }

  private static String text(ValueInfoProto input) {
    return dimensions(input).stream().map(InputTypes::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private String example(ValueInfoProto input) {
    return suggestion.of(input, inputs, options);
  }
}

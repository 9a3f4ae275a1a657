package dev.lowpass.cli;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.onnx.ImportOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How shapes of inputs are written on the command line: {@code input=1x3x224x224}. */
final class Shapes {
  private Shapes() {}

  /** {@code shapes} as the reader takes them. */
  static ImportOptions importOptions(Map<String, Shape> shapes) {
    ImportOptions options = ImportOptions.defaults();
    for (Map.Entry<String, Shape> shape : shapes.entrySet()) {
      options = options.withShape(shape.getKey(), shape.getValue());
    }
    return options;
  }

  /**
   * The shapes of {@code --shape} options by input name.
   *
   * @throws LowpassException LP7022 for text of another form
   */
  static Map<String, Shape> parse(List<String> options) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.lastIndexOf('=');
      String extents = option.substring(equals + 1);
      if (equals < 1 || !extents.matches("[1-9][0-9]{0,8}(x[1-9][0-9]{0,8})*")) {
        throw new LowpassException("LP7022", "--shape " + option, "not of the form input=1x3x224x224");
      }
      try {
        int[] dims = List.of(extents.split("x")).stream().mapToInt(Integer::parseInt).toArray();
        shapes.put(option.substring(0, equals), Shape.of(dims));
      } catch (ArithmeticException e) {
        throw new LowpassException("LP7022", "--shape " + option, "more elements than fit into a tensor");
      }
    }
    return shapes;
  }
}

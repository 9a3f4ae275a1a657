package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.onnx.ImportOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Shapes of inputs, written {@code input=1x3x224x224}. */
public final class ShapeOptions {
  @Option(
      names = "--shape",
      paramLabel = "NAME=1x3x224x224",
      description = "The shape of an input; needed where the model leaves an extent open. May be repeated.")
  private List<String> given = new ArrayList<>();

  /** The shapes as the reader takes them; errors are those of {@link #shapes()}. */
  public ImportOptions toImportOptions() {
    return ImportOptions.defaults().withShapes(shapes());
  }

  /**
   * The shapes by input name.
   *
   * @throws LowpassException LP7022 for text of another form
   */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String option : given) {
      int equals = option.lastIndexOf('=');
      String extents = option.substring(equals + 1);
      if (equals < 1 || !extents.matches("[1-9][0-9]{0,8}(x[1-9][0-9]{0,8})*")) {
        throw new LowpassException("LP7022", "--shape " + option, "not of the form input=1x3x224x224");
      }
      try {
        int[] dims = List.of(extents.split("x")).stream().mapToInt(Integer::parseInt).toArray();
        shapes.put(option.substring(0, equals), Shape.of(dims));
      } catch (IllegalArgumentException e) {
        throw new LowpassException("LP7022", "--shape " + option, "more elements than fit into a tensor");
      }
    }
    return shapes;
  }
}

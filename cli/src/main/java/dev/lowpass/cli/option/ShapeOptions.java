package dev.lowpass.cli.option;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.onnx.ImportOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Shapes of inputs, written {@code input=1x3x224x224}; several for one input mean several sizes. */
public final class ShapeOptions {
  @Option(
      names = "--shape",
      paramLabel = "NAME=1x3x224x224",
      description =
          "The shape of an input; needed where the model leaves an extent open. Once for each input; 'compile' takes"
              + " several for one, and makes an artifact for several sizes: the first of each input are the first"
              + " size, and so on, and an input that is named once has the same shape in all.")
  private List<String> given = new ArrayList<>();

  /** The shapes as the reader takes them; errors are those of {@link #shapes()}. */
  public ImportOptions toImportOptions() {
    return ImportOptions.defaults().withShapes(shapes());
  }

  /**
   * The shapes by input name, for one size.
   *
   * @throws LowpassException LP7022 for text of another form, or several sizes
   */
  public Map<String, Shape> shapes() {
    List<Map<String, Shape>> sizes = sizes();
    if (sizes.size() > 1) {
      throw new LowpassException(
          "LP7022",
          "--shape " + given.getLast(),
          "asks for %s, and this takes one; only 'compile' takes several".formatted(Quantity.sizes(sizes.size())));
    }
    return sizes.getFirst();
  }

  /**
   * The shapes by input name, for each size that is asked for: one at least.
   *
   * @throws LowpassException LP7022 for text of another form, numbers of shapes that do not match, or sizes that are the
   *     same
   */
  List<Map<String, Shape>> sizes() {
    Map<String, List<Shape>> byName = new LinkedHashMap<>();
    for (String option : given) {
      NamedShape shape = NamedShape.parse(option);
      byName.computeIfAbsent(shape.name(), _ -> new ArrayList<>()).add(shape.shape());
    }
    int count = byName.values().stream().mapToInt(List::size).max().orElse(1);
    List<Map<String, Shape>> sizes = new ArrayList<>();
    for (int size = 0; size < count; size++) {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      for (Map.Entry<String, List<Shape>> input : byName.entrySet()) {
        shapes.put(input.getKey(), ofSize(size, count, input.getKey(), input.getValue()));
      }
      int same = sizes.indexOf(shapes);
      if (same >= 0) {
        String which = "sizes %d and %d are the same; leave one out".formatted(same + 1, size + 1);
        throw new LowpassException("LP7022", "--shape", which);
      }
      sizes.add(shapes);
    }
    return sizes;
  }

  private static Shape ofSize(int size, int count, String name, List<Shape> shapes) {
    if (shapes.size() != 1 && shapes.size() != count) {
      throw new LowpassException(
          "LP7022",
          "--shape " + name,
          "has %d shapes, and another input has %d; give each input one for every size, or one for all"
              .formatted(shapes.size(), count));
    }
    return shapes.get(shapes.size() == 1 ? 0 : size);
  }
}

package dev.lowpass.ir.onnx;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.limit.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * How a model is imported.
 *
 * @param shapes the shapes of inputs by name, needed where the model leaves dimensions open
 * @param constants inputs that get a value once and for all, such as the shape that a Reshape reads
 * @param limits how large what is in the file may be
 */
public record ImportOptions(
    SequencedMap<String, Shape> shapes, SequencedMap<String, Tensor> constants, Limits limits) {
  public ImportOptions {
    shapes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shapes));
    constants = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(constants));
  }

  /** Shapes as the model has them. */
  public static ImportOptions defaults() {
    return new ImportOptions(new LinkedHashMap<>(), new LinkedHashMap<>(), Limits.usual());
  }

  /** With input {@code name} bound to {@code shape}. */
  public ImportOptions withShape(String name, Shape shape) {
    SequencedMap<String, Shape> changed = new LinkedHashMap<>(shapes);
    changed.put(name, shape);
    return new ImportOptions(changed, constants, limits);
  }

  /** With input {@code name} replaced by a constant. */
  public ImportOptions withConstant(String name, Tensor value) {
    SequencedMap<String, Tensor> changed = new LinkedHashMap<>(constants);
    changed.put(name, value);
    return new ImportOptions(shapes, changed, limits);
  }

  /** With all of {@code changed} as shapes. */
  public ImportOptions withShapes(Map<String, Shape> changed) {
    return new ImportOptions(new LinkedHashMap<>(changed), constants, limits);
  }

  public ImportOptions withLimits(Limits changed) {
    return new ImportOptions(shapes, constants, changed);
  }

  /**
   * With an input bound by a text such as {@code input=1x3x224x224}.
   *
   * @throws LowpassException LP1007 for other texts
   */
  public ImportOptions withShape(String text) {
    int equals = text.lastIndexOf('=');
    try {
      List<Integer> dims = Stream.of(text.substring(equals + 1).split("x", -1)).map(Integer::valueOf).toList();
      if (equals > 0 && dims.stream().allMatch(dim -> dim > 0)) {
        return withShape(text.substring(0, equals), new Shape(dims));
      }
    } catch (IllegalArgumentException ignored) {
      // Reported below with the texts that have no name or an extent of 0.
    }
    throw new LowpassException("LP1007", "--shape " + text, "is not an input's shape; write it like input=1x3x224x224");
  }
}

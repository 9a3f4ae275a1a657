package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import java.util.List;

/** What {@code --shape} says of one input. */
record NamedShape(String name, Shape shape) {
  /**
   * Reads {@code input=1x3x224x224}.
   *
   * @throws LowpassException LP7022 for text of another form
   */
  static NamedShape parse(String option) {
    int equals = option.lastIndexOf('=');
    String extents = option.substring(equals + 1);
    if (equals < 1 || !extents.matches("[1-9][0-9]{0,8}(x[1-9][0-9]{0,8})*")) {
      throw new LowpassException("LP7022", "--shape " + option, "not of the form input=1x3x224x224");
    }
    try {
      int[] dims = List.of(extents.split("x")).stream().mapToInt(Integer::parseInt).toArray();
      return new NamedShape(option.substring(0, equals), Shape.of(dims));
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7022", "--shape " + option, "more elements than fit into a tensor");
    }
  }
}

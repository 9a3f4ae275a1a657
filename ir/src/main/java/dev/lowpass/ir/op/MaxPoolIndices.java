package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * Where the maxima of a {@link MaxPool} lie: the index of the first of each window's, counted over the whole operand x
 * [N, C, H, W] (ONNX MaxPool, Indices).
 *
 * @param columnMajor whether the places of a map are counted column by column
 */
public record MaxPoolIndices(Window window, boolean ceil, boolean columnMajor) implements Opaque {
  static MaxPoolIndices parse(Attributes attributes) {
    return new MaxPoolIndices(
        Window.parse(attributes, attributes.wholes("kernel")),
        attributes.flag("ceil", false),
        attributes.flag("column_major", false));
  }

  @Override
  public String mnemonic() {
    return "max_pool_indices";
  }

  @Override
  public Attributes attributes() {
    return window.attributes().with("ceil", ceil, false).with("column_major", columnMajor, false);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    TensorType values = new MaxPool(window, ceil).infer(operands);
    return TensorType.spatial(ElementType.I64, values.shape());
  }
}

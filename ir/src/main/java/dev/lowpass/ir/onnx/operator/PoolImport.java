package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Window;

/** MaxPool (values only, not indices) and AveragePool. */
final class PoolImport implements OperatorImport {
  /** Which of the two. */
  enum Kind {
    MAX,
    AVERAGE
  }

  private final Kind kind;

  PoolImport(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void convert(NodeImport node) {
    if (node.isRead(1)) {
      throw node.unsupported("a second output (indices)");
    }
    SlidingWindow sliding = new SlidingWindow(node);
    Value image = sliding.image(0, "map");
    Window window = sliding.window(sliding.kernel(), image.type().shape());
    boolean ceil = node.attributes().flag("ceil_mode");
    Op op =
        switch (kind) {
          case MAX -> new MaxPool(window, ceil);
          case AVERAGE -> new AveragePool(window, ceil, node.attributes().flag("count_include_pad"));
        };
    sliding.result(op, image);
  }
}

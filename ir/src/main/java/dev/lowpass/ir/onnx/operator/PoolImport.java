package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Window;
import java.util.List;
import java.util.function.Function;

/** MaxPool and AveragePool. Integers of 8 bits are pooled as f32, which holds them. */
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
    SlidingWindow sliding = new SlidingWindow(node);
    List<WindowAxis> axes = sliding.axes(sliding.kernel());
    ElementType element = node.operand(0).type().element();
    Value map = node.operand(0, ElementType.F32);
    boolean ceil = node.attributes().flag("ceil_mode");
    Function<Window, Op> pool =
        switch (kind) {
          case MAX -> window -> new MaxPool(window, ceil);
          case AVERAGE -> {
            boolean countPads = node.attributes().flag("count_include_pad");
            yield window -> new AveragePool(window, ceil, countPads);
          }
        };
    PooledMaps maps = new PooledMaps(node, axes, pool);
    if (element == ElementType.F32) {
      maps.of(map, node::define);
    } else {
      node.resultAs(element, maps.of(map, (op, operands) -> node.add("result", op, operands)));
    }
    if (node.isRead(1)) {
      new PooledIndices(node, axes, ceil, node.attributes().flag("storage_order")).of(map);
    }
  }
}

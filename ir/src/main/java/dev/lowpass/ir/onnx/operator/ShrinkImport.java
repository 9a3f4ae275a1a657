package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Select;

/** Shrink: x + bias below -lambd, x - bias above lambd, 0 between; computed in float32. */
final class ShrinkImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0, ElementType.F32);
    float bound = node.attributes().real("lambd", 0.5f);
    Value bias = node.add("bias", Tensor.scalar(node.attributes().real("bias", 0)));
    Value low = node.add("low", Tensor.scalar(-bound));
    Value high = node.add("high", Tensor.scalar(bound));
    Value below = node.add("below", new Comparison(Comparison.Kind.LESS), x, low);
    Value above = node.add("above", new Comparison(Comparison.Kind.LESS), high, x);
    Value raised = node.add("raised", Binary.add(), x, bias);
    Value lowered = node.add("lowered", new Binary(Binary.Kind.SUB), x, bias);
    Value upper = node.add("upper", new Select(), above, lowered, node.add("zero", Tensor.scalar(0)));
    node.resultAs(node.operand(0).type().element(), node.add("shrunk", new Select(), below, raised, upper));
  }
}

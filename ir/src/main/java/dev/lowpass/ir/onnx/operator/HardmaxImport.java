package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Select;
import java.util.Collections;
import java.util.stream.LongStream;

/** Hardmax: 1 where the first maximum is, else 0. */
final class HardmaxImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    SoftmaxRows rows = SoftmaxRows.of(node);
    Shape shape = rows.value().type().shape();
    int extent = shape.dim(rows.axis());
    Value largest = node.add("largest", new ArgReduce(ArgReduce.Kind.MAX, rows.axis(), false), rows.value());
    Shape along = new Shape(Collections.nCopies(shape.rank(), 1)).with(rows.axis(), extent);
    Tensor places = Tensor.ofIntegers(ElementType.I64, LongStream.range(0, extent).toArray(), along);
    Value distance = node.add("distance", new Binary(Binary.Kind.SUB), largest, node.add("places", places));
    Value other = node.add("other", new Cast(ElementType.BOOL), distance);
    Value zero = node.add("zero", Tensor.scalar(0));
    rows.result(node, new Select(), other, zero, node.add("one", Tensor.scalar(1)));
  }
}

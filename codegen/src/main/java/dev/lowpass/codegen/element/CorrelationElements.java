package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/** A convolution with weights that are computed; an item is one output. */
record CorrelationElements(GeneralStep step, Correlation correlation) implements ElementFunction {
  @Override
  public long count() {
    return step.output().shape().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().get(0);
    Slot weight = step.inputs().get(1);
    Shape map = input.shape();
    int channels = weight.shape().dim(1);
    int taps = weight.shape().dim(2) * weight.shape().dim(3);
    List<Expr> at = Addressing.coordinates(step.output().shape(), index);
    Expr output = code.let("channel", at.get(1));
    int outputsOfGroup = step.output().shape().dim(1) / correlation.groups();
    Expr first = code.let("first", output.floorDiv(outputsOfGroup).times(channels));
    Register total = code.register("total", DataType.F32);
    code.add(total.set(step.inputs().size() > 2 ? memory.load(step.inputs().get(2), output) : Expr.f32(0)));
    code.loop(
        "c",
        channels,
        (over, c) ->
            new WindowTaps(correlation.window(), map)
                .each(
                    over,
                    at.get(2),
                    at.get(3),
                    (body, y, x, tap) -> {
                      Expr place = Addressing.rowMajor(map, List.of(at.get(0), first.plus(c), y, x));
                      Expr factor = memory.load(weight, output.times(channels).plus(c).times(taps).plus(tap));
                      body.add(total.add(memory.load(input, place).times(factor)));
                    }));
    code.add(memory.store(step.output(), index, total.get()));
  }
}

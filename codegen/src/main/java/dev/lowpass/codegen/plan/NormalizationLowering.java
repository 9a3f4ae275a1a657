package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Expression;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A batch normalisation that no pass has folded, as it is defined: a function of each element and of its channel's
 * parameters.
 */
final class NormalizationLowering {
  private final SlotTable slots;

  NormalizationLowering(SlotTable slots) {
    this.slots = slots;
  }

  void lower(String name, Node node, BatchNormalization normalization) {
    Shape shape = node.type().shape();
    Shape channels = new Shape(Collections.nCopies(shape.rank(), 1)).with(1, shape.dim(1));
    List<Slot> inputs = new ArrayList<>(List.of(slots.inside(node.operand(0))));
    for (int i = 1; i < node.operands().size(); i++) {
      inputs.add(shaped(node.name() + ".parameter" + i, node.operand(i), channels));
    }
    inputs.add(Slot.constant(node.name() + ".epsilon", Tensor.scalar(normalization.epsilon())));
    // x, scale, bias, mean, variance and epsilon are 0 to 5.
    List<Expression.Term> terms =
        List.of(
            term(new Binary(Binary.Kind.SUB), 0, 3),
            term(Binary.add(), 4, 5),
            term(new MathFunction(MathFunction.Kind.SQRT), 7),
            term(new Binary(Binary.Kind.DIV), 1, 8),
            term(Binary.mul(), 6, 9),
            term(Binary.add(), 10, 2));
    slots.add(new ExpressionStep(name, inputs, slots.define(node.result()), new Expression(terms)));
  }

  private Slot shaped(String name, Value parameter, Shape shape) {
    Slot slot = slots.inside(parameter);
    if (slot.constant().isPresent()) {
      return Slot.constant(name, slot.constant().get().reshaped(shape));
    }
    Slot target = Slot.scratch(name, slot.element(), shape, new Layout.RowMajor(shape));
    slots.add(new MoveStep(name, List.of(slot), target, Optional.of(new Reshape(shape))));
    return target;
  }

  private static Expression.Term term(Scalar op, Integer... arguments) {
    List<ElementType> given = Collections.nCopies(arguments.length, ElementType.F32);
    return new Expression.Term(op, List.of(arguments), given, ElementType.F32);
  }
}

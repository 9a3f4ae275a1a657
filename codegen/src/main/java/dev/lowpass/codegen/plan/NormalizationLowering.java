package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Expression;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A batch normalisation that no pass has folded, as it is defined: a function of each element and of its channel's
 * parameters, which are constants. Imported ones with others are functions of elements from the beginning.
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
      inputs.add(Slot.constant(node.name() + ".parameter" + i, constant(node, i).reshaped(channels)));
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

  private Tensor constant(Node node, int operand) {
    return slots
        .anyLayout(node.operand(operand))
        .constant()
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP4001",
                    node.name(),
                    "no kernel for batch_normalization with computed parameters; write it as a product and a sum"));
  }

  private static Expression.Term term(Scalar op, Integer... arguments) {
    List<ElementType> given = Collections.nCopies(arguments.length, ElementType.F32);
    return new Expression.Term(op, List.of(arguments), given, ElementType.F32);
  }
}

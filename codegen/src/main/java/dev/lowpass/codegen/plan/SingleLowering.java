package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.fusion.Chain;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Softmax;
import java.util.List;
import java.util.Optional;

/** Steps of nodes that nothing joins. */
final class SingleLowering {
  private final Chain chain;
  private final SlotTable slots;
  private final LayoutChoice choice;

  SingleLowering(Chain chain, SlotTable slots, LayoutChoice choice) {
    this.chain = chain;
    this.slots = slots;
    this.choice = choice;
  }

  void lower(Node node) {
    String name = Layers.name(node);
    switch (node.op()) {
      case Constant constant -> slots.constant(node.result(), constant.value());
      case Dct _ -> transform(node);
      case Binary binary -> {
        Slot left = slots.inside(node.operand(0));
        Slot right = slots.inside(node.operand(1));
        slots.add(new CombineStep(name, left, right, slots.define(node.result()), binary.kind()));
      }
      case Pool pool -> {
        Slot input = slots.slabbed(node.operand(0));
        slots.add(new PoolStep(name, input, slots.define(node.result()), pool));
      }
      case Resize resize -> resize(name, node, resize);
      case Softmax softmax -> {
        Slot input = slots.rowMajor(node.operand(0));
        slots.add(new NormalizeStep(name, input, slots.defineRowMajor(node.result()), softmax.axis()));
      }
      case MatrixProduct _ -> {
        Slot left = slots.rowMajor(node.operand(0));
        Slot right = slots.rowMajor(node.operand(1));
        slots.add(new MultiplyStep(name, left, right, slots.defineRowMajor(node.result())));
      }
      case Reshape reshape -> {
        if (!slots.rename(node.result(), node.operand(0))) {
          move(name, node, reshape);
        }
      }
      case Rearrangement rearrangement -> move(name, node, rearrangement);
      case Elementwise _, Bitwise _, Cast _, Comparison _, IsNan _, Select _ ->
          throw new IllegalStateException(node + " is part of an expression");
      case Opaque general -> {
        List<Slot> inputs = node.operands().stream().map(slots::rowMajor).toList();
        slots.add(new GeneralStep(name, inputs, slots.defineRowMajor(node.result()), general));
      }
      case BatchNormalization normalization -> new NormalizationLowering(slots).lower(name, node, normalization);
      case Layer _, Idct _ -> throw new IllegalStateException(node + " has a group with an epilogue");
    }
  }

  private void move(String name, Node node, Rearrangement rearrangement) {
    boolean rows = choice.movesToRows(node);
    // Channels that are joined in slabs come from slabs.
    List<Slot> inputs =
        node.operands().stream().map(rearrangement instanceof Concat && !rows ? slots::inside : slots::anyLayout).toList();
    slots.add(new MoveStep(name, inputs, slots.define(node.result(), rows), Optional.of(rearrangement)));
  }

  /** A picture stays row-major: convolutions read it so. */
  private void resize(String name, Node node, Resize resize) {
    Slot input = slots.anyLayout(node.operand(0));
    Slot output =
        input.layout() instanceof Layout.RowMajor
            ? slots.defineRowMajor(node.result())
            : slots.define(node.result());
    slots.add(
        new ResizeStep(name, input, output, resize.vertical(input.shape()), resize.horizontal(input.shape())));
  }

  private void transform(Node dct) {
    slots.add(
        new TransformStep(
            Layers.name(dct),
            slots.slabbed(dct.operand(0)),
            slots.define(dct.result()),
            Optional.empty(),
            dct.type().frequency().bands(),
            !chain.readByProductsOnly(dct.result()),
            List.of(),
            false));
  }
}

package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Data movement, one element at a time: every element of the output knows where it comes from. */
record MoveElements(MoveStep step) implements ElementFunction {
  @Override
  public long count() {
    return Addressing.extents(step.output()).elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    List<Expr> at = Addressing.coordinates(Addressing.extents(step.output()), index);
    Expr target = Addressing.offset(step.output().layout(), step.output().shape(), at);
    Slot input = step.inputs().getFirst();
    if (step.op().isEmpty()) {
      code.add(memory.store(step.output(), target, element(memory, input, at)));
      return;
    }
    Expr value =
        switch (step.op().orElseThrow()) {
          case Reshape _ -> element(memory, input, Addressing.coordinates(input.shape(), index));
          case DepthToSpace depthToSpace -> element(memory, input, source(depthToSpace, at));
          case Transpose(List<Integer> permutation) -> {
            Expr[] source = new Expr[permutation.size()];
            for (int axis = 0; axis < source.length; axis++) {
              source[permutation.get(axis)] = at.get(axis);
            }
            yield element(memory, input, Arrays.asList(source));
          }
          case Slice(List<Integer> starts, List<Integer> _, List<Integer> steps) -> {
            List<Expr> source = new ArrayList<>();
            for (int axis = 0; axis < starts.size(); axis++) {
              source.add(at.get(axis).times(steps.get(axis)).plus(starts.get(axis)));
            }
            yield element(memory, input, source);
          }
          case Expand _ -> expanded(memory, input, at);
          case Pad pad -> padded(memory, input, pad, at);
          case Concat(int axis) -> joined(memory, axis, at);
          case ChannelGather(List<Integer> channels) -> joined(memory, 1, gathered(channels, at));
        };
    code.add(memory.store(step.output(), target, value));
  }

  private static Expr element(Memory memory, Slot slot, List<Expr> coordinates) {
    return memory.load(slot, Addressing.offset(slot.layout(), slot.shape(), coordinates));
  }

  private List<Expr> source(DepthToSpace op, List<Expr> at) {
    int block = op.block();
    Expr place = at.get(2).floorMod(block).times(block).plus(at.get(3).floorMod(block));
    Expr channel =
        op.together()
            ? at.get(1).times(block * block).plus(place)
            : place.times(step.output().shape().dim(1)).plus(at.get(1));
    return List.of(at.get(0), channel, at.get(2).floorDiv(block), at.get(3).floorDiv(block));
  }

  private static Expr expanded(Memory memory, Slot input, List<Expr> at) {
    Shape shape = input.shape();
    List<Expr> source = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      source.add(shape.dim(axis) == 1 ? Expr.i32(0) : at.get(axis + at.size() - shape.rank()));
    }
    return element(memory, input, source);
  }

  private static Expr padded(Memory memory, Slot input, Pad pad, List<Expr> at) {
    Expr inside = null;
    List<Expr> source = new ArrayList<>();
    for (int axis = 0; axis < at.size(); axis++) {
      Expr coordinate = at.get(axis).minus(pad.before(axis));
      source.add(coordinate);
      if (pad.before(axis) > 0 || pad.after(axis) > 0) {
        Expr here = coordinate.atLeast(0).and(coordinate.lessThan(input.shape().dim(axis)));
        inside = inside == null ? here : inside.and(here);
      }
    }
    Expr value = element(memory, input, source);
    return inside == null ? value : inside.ifThenElse(value, Expr.constant(value.type(), pad.value()));
  }

  /** With the channel that {@code channels} name, in runs of neighbours found by halves. */
  private static List<Expr> gathered(List<Integer> channels, List<Expr> at) {
    List<Integer> starts = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      if (c == 0 || channels.get(c) != channels.get(c - 1) + 1) {
        starts.add(c);
      }
    }
    List<Expr> source = new ArrayList<>(at);
    source.set(1, at.get(1).plus(shift(channels, starts, at.get(1))));
    return source;
  }

  /** How much further the channel that becomes {@code channel} is. */
  private static Expr shift(List<Integer> channels, List<Integer> starts, Expr channel) {
    if (starts.size() == 1) {
      return Expr.i32(channels.get(starts.getFirst()) - starts.getFirst());
    }
    int middle = starts.size() / 2;
    Expr left = shift(channels, starts.subList(0, middle), channel);
    Expr right = shift(channels, starts.subList(middle, starts.size()), channel);
    return channel.lessThan(starts.get(middle)).select(left, right);
  }

  private Expr joined(Memory memory, int axis, List<Expr> at) {
    List<Slot> parts = step.inputs().stream().filter(slot -> slot.shape().dim(axis) > 0).toList();
    List<Integer> starts = new ArrayList<>();
    int end = 0;
    for (Slot part : parts) {
      starts.add(end);
      end += part.shape().dim(axis);
    }
    return joined(memory, axis, at, parts, starts);
  }

  /**
   * The element of one of {@code parts}, found by halves: a chain of as many conditions as there are parts would take
   * the compiler a time that grows with their square.
   */
  private static Expr joined(Memory memory, int axis, List<Expr> at, List<Slot> parts, List<Integer> starts) {
    if (parts.size() == 1) {
      List<Expr> source = new ArrayList<>(at);
      source.set(axis, at.get(axis).minus(starts.getFirst()));
      return element(memory, parts.getFirst(), source);
    }
    int middle = parts.size() / 2;
    Expr left = joined(memory, axis, at, parts.subList(0, middle), starts.subList(0, middle));
    Expr right =
        joined(memory, axis, at, parts.subList(middle, parts.size()), starts.subList(middle, parts.size()));
    return at.get(axis).lessThan(starts.get(middle)).ifThenElse(left, right);
  }
}

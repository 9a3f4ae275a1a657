package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Movement of channels from slabs to slabs: where the lanes of each slab come from, at every position alike. */
final class Lanes {
  private Lanes() {}

  /** A channel of one of the operands. */
  record Source(Slot part, int channel) {
    int slab() {
      return channel / Layout.LANES;
    }

    int lane() {
      return channel % Layout.LANES;
    }
  }

  /** The source of each channel of the output; nothing where something else than channels is moved. */
  static Optional<List<Source>> of(MoveStep step) {
    List<Slot> parts = step.inputs().stream().filter(part -> part.shape().elements() > 0).toList();
    if (step.op().isEmpty() || !fit(step.output(), parts)) {
      return Optional.empty();
    }
    return channels(step.op().orElseThrow(), parts.getFirst(), step.output()).map(named -> sources(parts, named));
  }

  /** The channels that {@code op} takes, counted through all operands. */
  private static Optional<List<Integer>> channels(Rearrangement op, Slot input, Slot output) {
    int channels = output.shape().dim(1);
    return switch (op) {
      case ChannelGather gather -> Optional.of(gather.channels());
      case Concat(int axis) when axis == 1 -> Optional.of(IntStream.range(0, channels).boxed().toList());
      case Slice slice when Slice.along(input.shape(), 1, slice.starts().get(1), channels).equals(slice) ->
          Optional.of(IntStream.range(0, channels).map(c -> c + slice.starts().get(1)).boxed().toList());
      case Concat _, Slice _, Pad _, Expand _, Transpose _, Reshape _, DepthToSpace _ -> Optional.empty();
    };
  }

  static List<Source> sources(List<Slot> parts, List<Integer> channels) {
    List<Source> all = new ArrayList<>();
    for (Slot part : parts) {
      for (int channel = 0; channel < part.shape().dim(1); channel++) {
        all.add(new Source(part, channel));
      }
    }
    return channels.stream().map(all::get).toList();
  }

  /** Whether all lie in slabs, and the operands in one arena. */
  static boolean fit(Slot output, List<Slot> parts) {
    return output.layout() instanceof Layout.Slabs
        && parts.stream().allMatch(part -> part.home() == Slot.Home.SCRATCH && part.layout() instanceof Layout.Slabs);
  }
}

package dev.lowpass.codegen.check;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Views;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What was written to memory in which several slots lie, by which of them it ever was. */
final class Wholes {
  private final Views views;
  private final Map<Slot, Whole> wholes = new HashMap<>();

  /** Elements in the order of the tensor, and which of them are known. */
  private record Whole(double[] values, BitSet known) {}

  Wholes(Views views) {
    this.views = views;
  }

  void write(Slot slot, double[] values) {
    Views.Place place = views.of(slot);
    int first = Math.toIntExact(place.element());
    Whole whole = whole(place.whole());
    System.arraycopy(values, 0, whole.values, first, values.length);
    whole.known.set(first, first + values.length);
  }

  /** What {@code slot} holds, all of which must have been written. */
  double[] read(Slot slot) {
    Views.Place place = views.of(slot);
    int first = Math.toIntExact(place.element());
    int end = first + Math.toIntExact(slot.shape().elements());
    Whole whole = whole(place.whole());
    if (whole.known.nextClearBit(first) < end) {
      throw new IllegalStateException(slot + " is read before it is written");
    }
    return Arrays.copyOfRange(whole.values, first, end);
  }

  private Whole whole(Slot slot) {
    int elements = Math.toIntExact(slot.shape().elements());
    return wholes.computeIfAbsent(slot, _ -> new Whole(new double[elements], new BitSet(elements)));
  }
}

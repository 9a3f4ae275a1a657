package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.plan.value.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** Puts a copy together, axis by axis of its target. */
final class CopyBuilder {
  private final Places target;
  private final List<Digit> digits = new ArrayList<>();
  private long start;
  private long begin;
  private int channel;
  private IntToLongFunction channels = _ -> 0;

  CopyBuilder(Places target) {
    this.target = target;
  }

  /** A loop over {@code extent} places of {@code axis} from {@code first} on; each so much further in the source. */
  void along(int axis, int extent, int first, long source, int channelsEach) {
    if (!target.isSlabbed(axis)) {
      long pitch = target.pitch(axis);
      start += first * pitch;
      if (channelsEach == 1 && extent % Places.LANES == 0) {
        digits.add(new Digit(extent / Places.LANES, pitch * Places.LANES, source * Places.LANES, Places.LANES));
        digits.add(new Digit(Places.LANES, pitch, source, 1));
      } else {
        digits.add(new Digit(extent, pitch, source, channelsEach));
      }
      return;
    }
    int slabs = Math.ceilDiv(extent, Places.LANES);
    start += first / Places.LANES * target.slabPitch();
    digits.add(new Digit(slabs, target.slabPitch(), source * Places.LANES, channelsEach * Places.LANES));
    digits.add(new Digit(Places.LANES, 1, source, channelsEach));
  }

  /** Places of an axis that are not neighbours: {@code each} elements of the target apart. */
  void apart(int extent, long each, long source, int channelsEach) {
    digits.add(new Digit(extent, each, source, channelsEach));
  }

  /** The source begins {@code elements} later. */
  void skip(long elements) {
    begin += elements;
  }

  /** Channels of the source are counted from {@code first} on and lie where {@code places} says. */
  void channels(int first, IntToLongFunction places) {
    channel = first;
    channels = places;
  }

  /** What was put together, with elements of {@code source}. */
  Optional<Copy> of(Slot source) {
    return new Copy(Optional.of(source), 0, start, begin, channel, channels, digits).simplified();
  }

  /** All of it with {@code value}. */
  Optional<Copy> of(double value) {
    return new Copy(Optional.empty(), value, start, begin, channel, channels, digits).simplified();
  }
}

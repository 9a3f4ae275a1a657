package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.plan.value.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Elements of the target, each from a place of its own: with {@code i} as the loops' counters, element {@code start + Σ i
 * · target} is element {@code begin + Σ i · source + channels(channel + Σ i · channel)} of the source.
 *
 * @param source whose elements they are; without one all are {@code value}
 * @param digits loops, outermost first: in the order of the target
 * @param channels where a channel of the source begins, if that is no multiple of anything: channels lie in slabs, or in
 *     several sources
 */
record Copy(
    Optional<Slot> source,
    double value,
    long start,
    long begin,
    int channel,
    IntToLongFunction channels,
    List<Digit> digits) {
  /** Entries of a table of channels at most. */
  private static final long LARGEST_TABLE = 1 << 20;

  /** As few loops as do the same; nothing if its table of channels were too large. */
  Optional<Copy> simplified() {
    if (entries() > LARGEST_TABLE) {
      return Optional.empty();
    }
    Copy known = channelsAreStrides() ? withStrides() : this;
    List<Digit> sorted = new ArrayList<>(known.digits);
    sorted.removeIf(digit -> digit.extent() == 1);
    sorted.sort(Comparator.comparingLong(Digit::target).reversed());
    List<Digit> joined = new ArrayList<>();
    for (Digit digit : sorted) {
      if (!joined.isEmpty() && joined.getLast().continues(digit)) {
        joined.addLast(joined.removeLast().around(digit));
      } else {
        joined.add(digit);
      }
    }
    if (joined.isEmpty()) {
      joined.add(new Digit(1, 1, 0, 0));
    }
    return Optional.of(known.with(known.begin, joined));
  }

  /** Loops that go on by channels; what they go through together is the table of channels. */
  List<Digit> tabled() {
    return digits.stream().filter(digit -> digit.channel() != 0).toList();
  }

  private long entries() {
    return tabled().stream().mapToLong(Digit::extent).reduce(1, Math::multiplyExact);
  }

  /** Where the channels are that {@link #tabled} go through, the last one fastest. */
  int[] table() {
    int[] table = new int[Math.toIntExact(entries())];
    for (int entry = 0; entry < table.length; entry++) {
      table[entry] = Math.toIntExact(channels.applyAsLong(channelOf(entry)));
    }
    return table;
  }

  private int channelOf(int entry) {
    int rest = entry;
    int reached = channel;
    List<Digit> loops = tabled();
    for (int d = loops.size() - 1; d >= 0; d--) {
      reached += rest % loops.get(d).extent() * loops.get(d).channel();
      rest /= loops.get(d).extent();
    }
    return reached;
  }

  private long stride(Digit digit) {
    return digit.extent() == 1
        ? 0
        : channels.applyAsLong(channel + digit.channel()) - channels.applyAsLong(channel);
  }

  private boolean channelsAreStrides() {
    List<Digit> loops = tabled();
    int[] table = table();
    for (int entry = 0; entry < table.length; entry++) {
      int rest = entry;
      long expected = channels.applyAsLong(channel);
      for (int d = loops.size() - 1; d >= 0; d--) {
        expected += rest % loops.get(d).extent() * stride(loops.get(d));
        rest /= loops.get(d).extent();
      }
      if (expected != table[entry]) {
        return false;
      }
    }
    return true;
  }

  private Copy withStrides() {
    List<Digit> strided =
        digits.stream().map(digit -> digit.channel() == 0 ? digit : digit.withStride(stride(digit))).toList();
    return with(begin + channels.applyAsLong(channel), strided);
  }

  private Copy with(long changedBegin, List<Digit> changed) {
    return new Copy(source, value, start, changedBegin, channel, channels, List.copyOf(changed));
  }
}

package dev.lowpass.passes.channels;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Shape;
import dev.lowpass.passes.cost.Staircase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Finds an order of channels for pointwise layers that read the same stream. */
final class ChannelOrder {
  private ChannelOrder() {}

  /**
   * One layer that reads the stream.
   *
   * @param keep what it keeps, in the present order
   * @param result shape of its result [N, M, H, W]
   */
  record Reader(Bands keep, Shape result) {
    double weight() {
      return result.elements();
    }
  }

  /**
   * The best of the orders tried, as present places of the channels; nothing where none is better than the present
   * order.
   */
  static Optional<List<Integer>> better(List<Reader> readers) {
    int channels = readers.getFirst().keep().channels();
    List<IntToDoubleFunction> scores = new ArrayList<>();
    scores.add(c -> readers.stream().mapToDouble(reader -> reader.weight() * reader.keep().of(c)).sum());
    readers.forEach(reader -> scores.add(reader.keep()::of));
    Optional<List<Integer>> best = Optional.empty();
    double least = work(readers, IntStream.range(0, channels).boxed().toList());
    for (IntToDoubleFunction score : scores) {
      List<Integer> order = descending(channels, score);
      double work = work(readers, order);
      if (work < least) {
        least = work;
        best = Optional.of(order);
      }
    }
    return best;
  }

  /** Stable, so that an order that was applied is found again as the present one. */
  private static List<Integer> descending(int channels, IntToDoubleFunction score) {
    return IntStream.range(0, channels)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -score.applyAsDouble(c)))
        .toList();
  }

  /** Multiply-adds of all readers, up to a constant, when each one's bands are rounded up to descending ones. */
  private static double work(List<Reader> readers, List<Integer> order) {
    double work = 0;
    for (Reader reader : readers) {
      Bands read = Staircase.descending(reader.keep().permuted(order));
      work += reader.weight() * read.keep().stream().mapToLong(Integer::longValue).sum();
    }
    return work;
  }
}

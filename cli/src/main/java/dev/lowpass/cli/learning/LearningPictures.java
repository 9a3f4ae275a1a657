package dev.lowpass.cli.learning;

import dev.lowpass.cli.data.PictureCache;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;

/**
 * Pictures in memory, in two parts.
 *
 * @param learnt what candidates are made of
 * @param heldOut what they are judged by
 */
public record LearningPictures(PictureCache learnt, PictureCache heldOut, int firstClass) {
  /**
   * Reads {@code set} at the size that {@code network} takes, and holds {@code heldOut} pictures out, at most half of
   * all.
   *
   * @throws LowpassException LP7014 for classes that the network does not have; else as the reader
   */
  public static LearningPictures read(
      PictureSet set, int heldOut, long seed, SourceNetwork network, Preprocessing preprocessing, Progress progress)
      throws IOException {
    checkClasses(set, network);
    PictureSet.Split split = set.split(Math.min(heldOut, set.distinct() / 2), seed);
    long limit = PictureCache.defaultLimit();
    int height = network.height();
    int width = network.width();
    PictureCache learnt = PictureCache.read(split.rest(), preprocessing, height, width, limit, progress);
    PictureCache held = PictureCache.read(split.heldOut(), preprocessing, height, width, limit, progress);
    return new LearningPictures(learnt, held, network.firstClass());
  }

  private static void checkClasses(PictureSet set, SourceNetwork network) {
    for (PictureSet.Entry entry : set.entries()) {
      if (entry.label().isPresent() && entry.label().getAsInt() >= network.classes()) {
        throw new LowpassException(
            "LP7014",
            entry.file().toString(),
            network.classes() == 0
                ? "class %d, but the model gives no row of class scores; leave out --labels"
                    .formatted(entry.label().getAsInt())
                : "class %d, but the model has %d, counted from 0"
                    .formatted(entry.label().getAsInt(), network.classes()));
      }
    }
  }

  public Examples examples() {
    return new CachedExamples(learnt, firstClass);
  }

  /** At most {@code count} of {@link #examples}, spread over all. */
  public Examples someExamples(int count) {
    Examples all = examples();
    return all.size() <= count ? all : new SomeExamples(all, count);
  }

  public Examples heldOutExamples() {
    return new CachedExamples(heldOut, firstClass);
  }
}

package dev.lowpass.cli.data;

import java.util.Optional;

/**
 * Counts over labelled pictures; those of the peer stay 0 where there is none.
 *
 * @param first pictures whose label is the best class
 * @param amongFive pictures whose label is among the five best
 * @param agreed pictures for which both engines have the same best class
 */
public record Accuracy(int pictures, int first, int amongFive, int peerFirst, int peerAmongFive, int agreed) {
  public static Accuracy none() {
    return new Accuracy(0, 0, 0, 0, 0, 0);
  }

  /** With one more picture, of class {@code label}. */
  public Accuracy plus(int label, Scores scores, Optional<Scores> peer) {
    return new Accuracy(
        pictures + 1,
        first + count(scores.best() == label),
        amongFive + count(scores.top(5).contains(label)),
        peerFirst + count(peer.isPresent() && peer.get().best() == label),
        peerAmongFive + count(peer.isPresent() && peer.get().top(5).contains(label)),
        agreed + count(peer.isPresent() && peer.get().best() == scores.best()));
  }

  private static int count(boolean counts) {
    return counts ? 1 : 0;
  }

  /** {@code count} as a part of all pictures, 0 to 1. */
  public double part(int count) {
    return pictures == 0 ? Double.NaN : count / (double) pictures;
  }
}

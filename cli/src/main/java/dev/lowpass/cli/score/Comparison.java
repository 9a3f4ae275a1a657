package dev.lowpass.cli.score;

import dev.lowpass.cli.data.Scores;
import dev.lowpass.ir.LowpassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Adds up, picture by picture, how well a model answers beside a reference. For one thread at a time.
 *
 * <p>With labels a model must be a classifier, whose class scores are its first output. Without labels one that has
 * nothing but an output of the shape of class scores is taken for one.
 */
public final class Comparison {
  private static final int SEVERAL = 5;

  private final String name;
  private final boolean isReference;
  private final List<OutputDistance> distances = new ArrayList<>();
  private int pictures;
  private int labelled;
  private int first;
  private int amongFive;
  private int lost;
  private int gained;
  private int classified;
  private int agreed;
  private double divergence;

  private Comparison(String name, boolean isReference) {
    this.name = name;
    this.isReference = isReference;
  }

  /** Of the model {@code name} with another. */
  public static Comparison of(String name) {
    return new Comparison(name, false);
  }

  /** Of the reference with the labels alone; what it is given as reference must be its own answer. */
  public static Comparison ofReference(String name) {
    return new Comparison(name, true);
  }

  /**
   * One more picture.
   *
   * @param label the class that is right, as a place among the scores
   * @throws LowpassException LP7014 for a label that is none of the classes, or if the model is no classifier; LP7016
   *     if model and reference give different outputs
   */
  public void add(Answer model, Answer reference, OptionalInt label) {
    pictures++;
    if (!isReference) {
      distance(model, reference);
    }
    if (label.isPresent()) {
      Scores scores = scores(model, name);
      boolean right = isRight(scores, label.getAsInt());
      boolean referenceRight = isRight(scores(reference, "the reference"), label.getAsInt());
      labelled++;
      first += count(right);
      amongFive += count(scores.top(SEVERAL).contains(label.getAsInt()));
      lost += count(referenceRight && !right);
      gained += count(right && !referenceRight);
    }
    if (!isReference && (label.isPresent() || model.isOnlyScores() && reference.isOnlyScores())) {
      Scores own = scores(model, name);
      Scores other = scores(reference, "the reference");
      classified++;
      agreed += count(own.best() == other.best());
      divergence += Probabilities.of(other.values()).divergence(Probabilities.of(own.values()));
    }
  }

  private boolean isRight(Scores scores, int label) {
    if (label < 0 || label >= scores.values().length) {
      throw new LowpassException(
          "LP7014", name, "a picture is of output %d, but there are %d".formatted(label, scores.values().length));
    }
    return scores.best() == label;
  }

  private static Scores scores(Answer answer, String name) {
    return answer
        .scores()
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP7014", name, "its first output is no row of class scores; leave out --labels"));
  }

  private static int count(boolean counts) {
    return counts ? 1 : 0;
  }

  private void distance(Answer model, Answer reference) {
    List<Answer.Output> own = model.outputs();
    List<Answer.Output> others = reference.outputs();
    boolean fits = own.size() == others.size();
    for (int i = 0; fits && i < own.size(); i++) {
      fits = own.get(i).values().length == others.get(i).values().length;
    }
    if (!fits) {
      throw new LowpassException(
          "LP7016", name, "gives %s, but the reference %s".formatted(sizes(own), sizes(others)));
    }
    for (int i = 0; i < own.size(); i++) {
      if (i == distances.size()) {
        distances.add(new OutputDistance(own.get(i).name()));
      }
      distances.get(i).add(own.get(i).values(), others.get(i).values());
    }
  }

  private static String sizes(List<Answer.Output> outputs) {
    return String.join(
        ", ", outputs.stream().map(output -> output.name() + " of " + output.values().length + " numbers").toList());
  }

  /** What was found so far. */
  public Scoring result() {
    boolean compared = !isReference && classified > 0;
    return new Scoring(
        name,
        pictures,
        labelled == 0 ? Optional.empty() : Optional.of(new Scoring.Accuracy(first, amongFive, labelled)),
        isReference || labelled == 0 ? Optional.empty() : Optional.of(PointsLost.of(lost, gained, labelled)),
        compared ? OptionalDouble.of(agreed / (double) classified) : OptionalDouble.empty(),
        compared ? OptionalDouble.of(divergence / classified) : OptionalDouble.empty(),
        distances.stream().map(OutputDistance::error).toList());
  }
}

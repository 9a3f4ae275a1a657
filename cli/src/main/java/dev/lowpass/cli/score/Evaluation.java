package dev.lowpass.cli.score;

import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.PictureFile;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.picture.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs several models on the same pictures, each picture read once, and scores them. Models may differ in the size of
 * their input.
 *
 * @param engines each with one input that takes a picture
 * @param reference the place among {@code engines} of the one that the others are compared with
 * @param firstClass the output for class 0; if there is none, 1 of 1001 outputs (0 is 'background' there), else 0
 */
public record Evaluation(List<Engine> engines, int reference, InputFiles files, OptionalInt firstClass) {
  /** ImageNet's classes and one for 'background', as TensorFlow's models have them. */
  private static final int WITH_BACKGROUND = 1001;

  /** Extents that a model leaves open are given as this. */
  private static final long OPEN = 1;

  public Evaluation {
    engines = List.copyOf(engines);
  }

  /**
   * Scores all models over {@code set}.
   *
   * @throws LowpassException LP7025 for a model without exactly one input, LP7013 for one that takes no picture; else
   *     as {@link PictureFile#read} and {@link Comparison#add}
   */
  public List<Scoring> run(PictureSet set, Progress progress) throws IOException {
    List<TensorSpec> inputs = new ArrayList<>();
    List<Comparison> comparisons = new ArrayList<>();
    for (Engine engine : engines) {
      TensorSpec input = sized(onlyInput(engine), onlyInput(engines.getFirst()));
      InputFiles.checkPicture(set.source(), input);
      inputs.add(input);
      comparisons.add(
          comparisons.size() == reference
              ? Comparison.ofReference(engine.label())
              : Comparison.of(engine.label()));
    }
    int done = 0;
    for (PictureSet.Entry entry : set.entries()) {
      progress.stage(entry.file().getFileName().toString(), done++, set.size());
      List<Answer> answers = answers(PictureFile.read(entry.file()), inputs);
      OptionalInt label = label(entry, answers.get(reference));
      for (int i = 0; i < answers.size(); i++) {
        comparisons.get(i).add(answers.get(i), answers.get(reference), label);
      }
    }
    return comparisons.stream().map(Comparison::result).toList();
  }

  private List<Answer> answers(Picture picture, List<TensorSpec> inputs) {
    Map<List<Long>, Tensor> bySize = new HashMap<>();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec input = inputs.get(i);
      Tensor tensor = bySize.computeIfAbsent(input.shape(), _ -> files.tensor(picture, input));
      answers.add(Answer.of(engines.get(i).run(Map.of(input.name(), tensor))));
    }
    return answers;
  }

  /** The output that stands for the entry's class. */
  private OptionalInt label(PictureSet.Entry entry, Answer answer) {
    if (entry.label().isEmpty()) {
      return OptionalInt.empty();
    }
    int classes = answer.scores().map(scores -> scores.values().length).orElse(0);
    long output = (long) entry.label().getAsInt() + firstClass.orElse(classes == WITH_BACKGROUND ? 1 : 0);
    if (classes > 0 && (output < 0 || output >= classes)) {
      throw new LowpassException(
          "LP7014",
          entry.file().toString(),
          "class %d, but the model has %d outputs; see --first-class".formatted(entry.label().getAsInt(), classes));
    }
    return OptionalInt.of(Math.toIntExact(output));
  }

  private static TensorSpec onlyInput(Engine engine) {
    if (engine.inputs().size() != 1) {
      throw new LowpassException(
          "LP7025", engine.label(), "pictures need a model of one input, not " + engine.inputs());
    }
    return engine.inputs().getFirst();
  }

  /** {@code input}, at the size that {@code other} has where its own is open. */
  private static TensorSpec sized(TensorSpec input, TensorSpec other) {
    List<Long> shape = input.shape();
    boolean open = shape.size() == 4 && shape.get(2) == OPEN && shape.get(3) == OPEN;
    return open ? new TensorSpec(input.name(), input.type(), other.shape()) : input;
  }
}

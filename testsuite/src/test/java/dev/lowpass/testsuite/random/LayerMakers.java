package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Layers with weights, and products. */
final class LayerMakers {
  static final List<Maker> ALL =
      List.of(
          LayerMakers::pointwise,
          LayerMakers::pointwise,
          LayerMakers::depthwise,
          LayerMakers::convolution,
          LayerMakers::correlation,
          LayerMakers::normalization,
          LayerMakers::product);

  private LayerMakers() {}

  private static Optional<Maker.Idea> pointwise(Draft draft) {
    return draft
        .image()
        .map(
            image -> {
              int inputs = image.type().shape().dim(1);
              int outputs = 1 + draft.below(24);
              List<Value> operands = new ArrayList<>(List.of(image, draft.constant(scale(inputs), outputs, inputs)));
              addBias(draft, operands, outputs);
              return new Maker.Idea(Pointwise.dense(), operands);
            });
  }

  private static Optional<Maker.Idea> depthwise(Draft draft) {
    return draft
        .image()
        .map(
            image -> {
              Window window = window(draft);
              int channels = image.type().shape().dim(1);
              int height = window.kernel().get(0);
              int width = window.kernel().get(1);
              List<Value> operands =
                  new ArrayList<>(List.of(image, draft.constant(scale(height * width), channels, height, width)));
              addBias(draft, operands, channels);
              return new Maker.Idea(new Depthwise(window), operands);
            });
  }

  private static Optional<Maker.Idea> convolution(Draft draft) {
    return draft
        .image()
        .map(
            image -> {
              Window window = window(draft);
              int channels = image.type().shape().dim(1);
              int groups = draft.chance(3) ? divisor(draft, channels) : 1;
              int outputs = groups * (1 + draft.below(6));
              int height = window.kernel().get(0);
              int width = window.kernel().get(1);
              int inputs = channels / groups;
              double scale = scale(inputs * height * width);
              List<Value> operands =
                  new ArrayList<>(List.of(image, draft.constant(scale, outputs, inputs, height, width)));
              addBias(draft, operands, outputs);
              return new Maker.Idea(new Convolution(window, groups), operands);
            });
  }

  /** A convolution whose weights, bias, or both are numbers of another value. */
  private static Optional<Maker.Idea> correlation(Draft draft) {
    return draft
        .image()
        .flatMap(image -> draft.real().flatMap(other -> correlation(draft, image, other)));
  }

  private static Optional<Maker.Idea> correlation(Draft draft, Value image, Value other) {
    Window window = window(draft);
    int groups = divisor(draft, image.type().shape().dim(1));
    int height = window.kernel().get(0);
    int width = window.kernel().get(1);
    int inputs = image.type().shape().dim(1) / groups;
    int most = Math.toIntExact(other.type().shape().elements()) / (groups * inputs * height * width);
    boolean computed = most > 0 && !draft.chance(3);
    int outputs = groups * (1 + draft.below(computed ? Math.min(most, 6) : 6));
    List<Value> operands = new ArrayList<>(List.of(image));
    operands.add(
        computed
            ? draft.taken(other, outputs, inputs, height, width)
            : draft.constant(scale(inputs * height * width), outputs, inputs, height, width));
    if (!computed || draft.chance(3)) {
      if (outputs > other.type().shape().elements()) {
        return Optional.empty();
      }
      operands.add(draft.taken(other, outputs));
    } else {
      addBias(draft, operands, outputs);
    }
    return Optional.of(new Maker.Idea(new Correlation(window, groups), operands));
  }

  private static int divisor(Draft draft, int number) {
    int divisor = 1 + draft.below(number);
    while (number % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  static Window window(Draft draft) {
    List<Integer> kernel = List.of(1 + draft.below(4), 1 + draft.below(4));
    List<Integer> strides = List.of(1 + draft.below(3), 1 + draft.below(3));
    List<Integer> dilations = List.of(1 + draft.below(2), 1 + draft.below(2));
    List<Integer> pads = List.of(draft.below(3), draft.below(3), draft.below(3), draft.below(3));
    return new Window(kernel, strides, draft.chance(3) ? Window.NO_PADS : pads, dilations);
  }

  private static Optional<Maker.Idea> normalization(Draft draft) {
    return draft
        .image()
        .map(
            image -> {
              int channels = image.type().shape().dim(1);
              float[] variances = new float[channels];
              for (int i = 0; i < channels; i++) {
                variances[i] = (float) draft.real(0.3, 2);
              }
              return new Maker.Idea(
                  new BatchNormalization(1e-5f),
                  List.of(
                      image,
                      draft.constant(1, channels),
                      draft.constant(1, channels),
                      draft.constant(1, channels),
                      draft.constant(Tensor.of(variances, channels))));
            });
  }

  private static Optional<Maker.Idea> product(Draft draft) {
    return draft
        .real()
        .filter(left -> left.type().shape().rank() >= 2)
        .flatMap(
            left -> {
              Shape shape = left.type().shape();
              if (draft.chance(3)) {
                return draft.real().flatMap(right -> Maker.Idea.of(new MatrixProduct(), left, right));
              }
              Value right = draft.constant(scale(shape.dim(-1)), shape.dim(-1), 1 + draft.below(9));
              return Maker.Idea.of(new MatrixProduct(), left, right);
            });
  }

  private static void addBias(Draft draft, List<Value> operands, int outputs) {
    if (draft.chance(2)) {
      operands.add(draft.constant(1, outputs));
    }
  }

  private static double scale(int terms) {
    return Math.sqrt(3.0 / terms);
  }
}

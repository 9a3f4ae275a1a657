package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which of the sizes of an artifact is meant. */
public final class SizeOption {
  @Option(
      names = "--shape",
      paramLabel = "NAME=1x3x224x224",
      description = "Of an artifact for several sizes the one whose input has this shape. Once for each input.")
  private List<String> given = new ArrayList<>();

  public boolean isGiven() {
    return !given.isEmpty();
  }

  /**
   * Those of an artifact's sizes that the option leaves: one, or where it is not given all.
   *
   * @param artifact for messages
   * @throws LowpassException LP7022 for text of another form; LP7035 where none has the shapes, or several have
   */
  public List<ModelSize> among(String artifact, List<ModelSize> sizes) {
    if (given.isEmpty()) {
      return sizes;
    }
    List<NamedShape> shapes = given.stream().map(NamedShape::parse).toList();
    List<ModelSize> left =
        sizes.stream().filter(size -> shapes.stream().allMatch(shape -> has(size, shape))).toList();
    if (left.size() != 1) {
      String problem = left.isEmpty() ? "has no such size; it has " + text(sizes) : "has several: " + text(left);
      throw new LowpassException("LP7035", "--shape " + String.join(" ", given), artifact + " " + problem);
    }
    return left;
  }

  /**
   * Holds that there is something to choose.
   *
   * @param artifacts the sizes of each
   * @throws LowpassException LP7035 where the option is given, and all artifacts have one size
   */
  public void requireChoice(List<List<ModelSize>> artifacts) {
    if (isGiven() && artifacts.stream().allMatch(sizes -> sizes.size() == 1)) {
      throw new LowpassException(
          "LP7035", "--shape " + String.join(" ", given), "is for artifacts of several sizes, and there is none");
    }
  }

  private static boolean has(ModelSize size, NamedShape shape) {
    List<Long> extents = shape.shape().dims().stream().map(Integer::longValue).toList();
    return size.inputs().stream().anyMatch(spec -> spec.name().equals(shape.name()) && spec.shape().equals(extents));
  }

  /**
   * Holds tensors against the size that the option names, if it names one.
   *
   * @throws LowpassException LP7035 where they are of another one
   */
  public void requireOf(ModelSize size, Map<String, Tensor> tensors) {
    if (isGiven() && !isOf(size, tensors)) {
      throw new LowpassException(
          "LP7035", "--shape " + String.join(" ", given), "does not fit what --input gives: " + tensors);
    }
  }

  /** Whether the tensors, of any of its inputs, are as a size has them. */
  public static boolean isOf(ModelSize size, Map<String, Tensor> tensors) {
    return size.inputs().stream().allMatch(spec -> isOf(spec, tensors));
  }

  private static boolean isOf(TensorSpec spec, Map<String, Tensor> tensors) {
    Tensor tensor = tensors.get(spec.name());
    return tensor == null || tensor.shape().equals(spec.shape());
  }

  private static String text(List<ModelSize> sizes) {
    return sizes.stream().map(ModelSize::toString).collect(Collectors.joining("; "));
  }
}

package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reduce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Col2Im: blocks [N, C · taps, L] that are added up where they lie on an image. What an element of the image gets from
 * each tap is gathered, a zero where there is nothing, and added up over the taps.
 */
final class Col2ImImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    List<Integer> image = extents(node, 1, "an image's shape");
    List<Integer> block = extents(node, 2, "a block's shape");
    int axes = image.size();
    if (axes != block.size() || axes == 0) {
      throw new IllegalArgumentException("blocks of shape " + block + " on an image of shape " + image);
    }
    List<WindowAxis> windows = windows(node, block);
    List<Integer> counts = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      counts.add(windows.get(axis).outputs(image.get(axis)));
    }
    Shape shape = node.shape(0);
    int taps = product(block);
    int blocks = product(counts);
    if (shape.rank() != 3 || shape.dim(1) % taps != 0 || shape.dim(2) != blocks) {
      throw new IllegalArgumentException(
          "an operand of shape %s for blocks of shape %s at %s places".formatted(shape, block, counts));
    }
    Arithmetic arithmetic = new Arithmetic(node);
    int rows = shape.dim(0) * (shape.dim(1) / taps);
    int elements = product(image);
    node.requireElements(Shape.of(rows, taps, elements));
    Value flat = arithmetic.reshaped(Shape.of(rows, taps * blocks), node.operand(0, ElementType.F32));
    Value padded = node.add("padded", new Pad(List.of(0, 0, 0, 1), 0), flat);
    Value gathered = node.add("gathered", new Gather(1), padded, places(node, windows, image, counts));
    Value sum = node.add("summed", new Reduce(Reduce.Kind.SUM, List.of(1)), gathered);
    List<Integer> dims = new ArrayList<>(List.of(shape.dim(0), shape.dim(1) / taps));
    dims.addAll(image);
    node.resultAs(node.operand(0).type().element(), arithmetic.reshaped(new Shape(dims), sum));
  }

  /** For each tap and element of the image the place that it comes from; behind the last one, for none. */
  private static Value places(
      NodeImport node, List<WindowAxis> windows, List<Integer> image, List<Integer> counts) {
    int taps = product(windows.stream().map(WindowAxis::kernel).toList());
    int blocks = product(counts);
    int elements = product(image);
    Shape table = Shape.of(taps, elements);
    node.spend(table, true);
    long[] places = new long[Math.toIntExact(table.elements())];
    Arrays.fill(places, (long) taps * blocks);
    for (int tap = 0; tap < taps; tap++) {
      for (int place = 0; place < blocks; place++) {
        int element = element(windows, image, counts, tap, place);
        if (element >= 0) {
          places[tap * elements + element] = (long) tap * blocks + place;
        }
      }
    }
    return node.add("places", Tensor.ofIntegers(ElementType.I64, places, table));
  }

  /** Where tap {@code tap} of the block at {@code place} lies on the image, or -1. */
  private static int element(
      List<WindowAxis> windows, List<Integer> image, List<Integer> counts, int tap, int place) {
    int element = 0;
    int stride = 1;
    int restOfTap = tap;
    int restOfPlace = place;
    for (int axis = windows.size() - 1; axis >= 0; axis--) {
      WindowAxis window = windows.get(axis);
      int along =
          restOfPlace % counts.get(axis) * window.stride()
              + restOfTap % window.kernel() * window.dilation()
              - window.before();
      if (along < 0 || along >= image.get(axis)) {
        return -1;
      }
      element += along * stride;
      stride *= image.get(axis);
      restOfTap /= window.kernel();
      restOfPlace /= counts.get(axis);
    }
    return element;
  }

  private static List<WindowAxis> windows(NodeImport node, List<Integer> block) {
    int axes = block.size();
    List<Integer> ones = Collections.nCopies(axes, 1);
    List<Integer> strides = node.attributes().integers("strides").map(Axes::extents).orElse(ones);
    List<Integer> dilations = node.attributes().integers("dilations").map(Axes::extents).orElse(ones);
    List<Integer> none = Collections.nCopies(2 * axes, 0);
    List<Integer> pads = node.attributes().integers("pads").map(Axes::extents).orElse(none);
    if (strides.size() != axes || dilations.size() != axes || pads.size() != 2 * axes) {
      throw new IllegalArgumentException(
          "strides %s, dilations %s and pads %s for %d axes".formatted(strides, dilations, pads, axes));
    }
    List<WindowAxis> windows = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      int before = pads.get(axis);
      int after = pads.get(axis + axes);
      windows.add(new WindowAxis(block.get(axis), strides.get(axis), dilations.get(axis), before, after));
    }
    return windows;
  }

  private static List<Integer> extents(NodeImport node, int index, String meaning) {
    return Axes.extents(
        node.integers(index, meaning).orElseThrow(() -> new IllegalArgumentException(meaning + " is missing")));
  }

  private static int product(List<Integer> extents) {
    return Math.toIntExact(new Shape(extents).elements());
  }
}

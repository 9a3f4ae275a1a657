package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.MathFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of products of integers, exactly, by sums of f32: one factor is taken apart into digits small enough that every
 * sum of their products with the other factor is a whole number that f32 holds; the sums are put together as i32, which
 * wrap around as ONNX's do.
 */
final class IntegerProducts {
  /** Magnitude of an integer of 8 bits less a zero point of its type. */
  private static final long LARGEST = 255;

  /** Bits that hold such an integer without its sign. */
  private static final int BITS = 8;

  /** Sums up to here are exact. Fast products add up to four elements of each factor before they multiply. */
  private static final long EXACT = (1L << 24) / 16;

  private IntegerProducts() {}

  /** Something that sums products of f32, such as a convolution of an image with this kernel. */
  @FunctionalInterface
  interface Sums {
    Value of(Value factor, String suffix);
  }

  /**
   * The sums as i32.
   *
   * @param factor whole numbers as f32, of magnitude up to 255
   * @param terms how many products a sum has
   */
  static Value of(NodeImport node, Value factor, long terms, Sums sums) {
    int bits = digitBits(node, terms);
    List<Value> parts = new ArrayList<>();
    Value rest = factor;
    for (int shift = 0; shift <= BITS; shift += bits) {
      boolean last = shift + bits > BITS;
      Value digit = rest;
      if (!last) {
        Value base = node.add("base" + shift, Tensor.scalar(1 << bits));
        Value quotient = node.add("quotient" + shift, new Binary(Binary.Kind.DIV), rest, base);
        Value upper = node.add("upper" + shift, new MathFunction(MathFunction.Kind.ROUND), quotient);
        Value lower = node.add("lower" + shift, Binary.mul(), upper, base);
        digit = node.add("digit" + shift, new Binary(Binary.Kind.SUB), rest, lower);
        rest = upper;
      }
      Value sum = node.add("whole" + shift, new Cast(ElementType.I32), sums.of(digit, "sums" + shift));
      parts.add(shift == 0 ? sum : scaled(node, sum, shift));
    }
    Value total = parts.getFirst();
    for (Value part : parts.subList(1, parts.size())) {
      total = node.add("total", Binary.add(), total, part);
    }
    return total;
  }

  private static Value scaled(NodeImport node, Value sum, int shift) {
    long[] factor = {1L << shift};
    Value power = node.add("power" + shift, Tensor.ofIntegers(ElementType.I32, factor, Shape.of()));
    return node.add("shifted" + shift, Binary.mul(), sum, power);
  }

  /** The most bits that a digit may have; digits lie around 0, and the last one is the largest. */
  private static int digitBits(NodeImport node, long terms) {
    if (terms * LARGEST * LARGEST <= EXACT) {
      return BITS + 1;
    }
    for (int bits = 5; bits > 0; bits--) {
      int last = BITS / bits * bits;
      long digit = Math.max(1L << bits - 1, (LARGEST >> last) + 1);
      if (terms * LARGEST * digit <= EXACT) {
        return bits;
      }
    }
    throw node.unsupported("sums of " + terms + " products of integers");
  }
}

package dev.lowpass.codegen.plan.value;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.Optional;

/**
 * A value in memory: its name, its logical shape, how it is laid out, and where it comes from.
 *
 * @param element the type that the graph says; see {@link #stored} for that of memory
 * @param home {@code SCRATCH} for intermediate values, which the memory plan places; arguments and constants have
 *     places of their own
 * @param index which input or output it is; 0 for others
 * @param constant the elements of a constant
 */
public record Slot(
    String name, ElementType element, Shape shape, Layout layout, Home home, int index, Optional<Tensor> constant) {
  /** The kinds of memory. */
  public enum Home {
    INPUT,
    OUTPUT,
    CONSTANT,
    SCRATCH
  }

  /** @throws LowpassException LP4004 for integers, which kernels only move from an input or to an output */
  public static Slot scratch(String name, ElementType element, Shape shape, Layout layout) {
    if (!element.isFloating()) {
      throw new LowpassException(
          "LP4004", name, "a value of " + element + " between two kernels, where there is memory for f32 only");
    }
    return new Slot(name, element, shape, layout, Home.SCRATCH, 0, Optional.empty());
  }

  public static Slot input(String name, ElementType element, Shape shape, int index) {
    return new Slot(name, element, shape, new Layout.RowMajor(shape), Home.INPUT, index, Optional.empty());
  }

  public static Slot output(String name, ElementType element, Shape shape, int index) {
    return new Slot(name, element, shape, new Layout.RowMajor(shape), Home.OUTPUT, index, Optional.empty());
  }

  public static Slot constant(String name, Tensor value) {
    Layout layout = new Layout.RowMajor(value.shape());
    return new Slot(name, value.type().element(), value.shape(), layout, Home.CONSTANT, 0, Optional.of(value));
  }

  /** The layout of image data; an error of ours for anything else. */
  public Layout.Slabbed slabbed() {
    if (layout instanceof Layout.Slabbed slabbed) {
      return slabbed;
    }
    throw new IllegalStateException(name + " is not laid out in slabs");
  }

  /** The type of its elements in memory. Kernels compute in f32 whatever has a fraction. */
  public ElementType stored() {
    return switch (element) {
      case F32, F64 -> ElementType.F32;
      case I8, U8, I32, I64, BOOL -> element;
    };
  }

  /** What it takes in memory, padding included. */
  public long bytes() {
    return layout.elements() * stored().bytes();
  }

  public boolean isCoefficients() {
    return layout instanceof Layout.Coefficients;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slot that && name.equals(that.name) && home == that.home && layout.equals(that.layout);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.lowpass.codegen.plan.value;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.Optional;

/**
 * A value in memory: its name, its logical shape, how it is laid out, and where it comes from.
 *
 * @param element the type that the graph says; inputs and outputs lie in memory as it says, all others as {@link
 *     #words} a number
 * @param home {@code SCRATCH} for intermediate values, which the memory plan places; arguments and constants have
 *     places of their own
 * @param index which input or output it is; 0 for others
 * @param constant the elements of a constant
 * @param packed whether a value that is neither input nor output lies in memory as its type says, too: what is stored is
 *     rounded to it, and no step does so itself
 */
public record Slot(
    String name,
    ElementType element,
    Shape shape,
    Layout layout,
    Home home,
    int index,
    Optional<Tensor> constant,
    boolean packed) {
  /** The kinds of memory. */
  public enum Home {
    INPUT,
    OUTPUT,
    CONSTANT,
    SCRATCH
  }

  public static Slot scratch(String name, ElementType element, Shape shape, Layout layout) {
    return new Slot(name, element, shape, layout, Home.SCRATCH, 0, Optional.empty(), false);
  }

  /** An intermediate value of so many bits a number as {@code element} has. */
  public static Slot packed(String name, ElementType element, Shape shape, Layout layout) {
    return new Slot(name, element, shape, layout, Home.SCRATCH, 0, Optional.empty(), true);
  }

  public static Slot input(String name, ElementType element, Shape shape, int index) {
    return new Slot(name, element, shape, new Layout.RowMajor(shape), Home.INPUT, index, Optional.empty(), false);
  }

  public static Slot output(String name, ElementType element, Shape shape, int index) {
    return new Slot(name, element, shape, new Layout.RowMajor(shape), Home.OUTPUT, index, Optional.empty(), false);
  }

  public static Slot constant(String name, Tensor value) {
    Layout layout = new Layout.RowMajor(value.shape());
    return new Slot(name, value.type().element(), value.shape(), layout, Home.CONSTANT, 0, Optional.of(value), false);
  }

  /** The same elements, which lie row-major, seen as a tensor of {@code other} shape. */
  public Slot reshaped(Shape other) {
    Optional<Tensor> values = constant.map(tensor -> tensor.reshaped(other));
    return new Slot(name, element, other, new Layout.RowMajor(other), home, index, values, packed);
  }

  /** The layout of image data; an error of ours for anything else. */
  public Layout.Slabbed slabbed() {
    if (layout instanceof Layout.Slabbed slabbed) {
      return slabbed;
    }
    throw new IllegalStateException(name + " is not laid out in slabs");
  }

  /** 32-bit words that an element takes in the arenas of intermediate values and of constants. */
  public int words() {
    return switch (element) {
      case F32, F64, F16, BF16, I8, U8, I16, U16, I32, U32, BOOL -> 1;
      case I64, U64 -> 2;
    };
  }

  /** What it takes in memory, padding included. */
  public long bytes() {
    return layout.elements() * elementBytes();
  }

  /** What one element takes in memory. */
  public int elementBytes() {
    return isEncoded() ? element.bytes() : words() * Integer.BYTES;
  }

  /** Whether it lies in memory as its type says, and not as {@link #words}. */
  public boolean isEncoded() {
    return switch (home) {
      case INPUT, OUTPUT -> true;
      case SCRATCH, CONSTANT -> packed;
    };
  }

  public boolean isCoefficients() {
    return layout instanceof Layout.Coefficients;
  }

  /** Whether both are one place in memory, be it seen as one tensor or another. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Slot that && name.equals(that.name) && home == that.home && liesLike(that);
  }

  private boolean liesLike(Slot that) {
    return layout instanceof Layout.RowMajor && that.layout instanceof Layout.RowMajor
        ? layout.elements() == that.layout.elements()
        : layout.equals(that.layout);
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

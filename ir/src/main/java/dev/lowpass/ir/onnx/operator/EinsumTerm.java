package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value whose axes have names.
 *
 * @param names one for each axis, all different
 */
record EinsumTerm(NodeImport node, Value value, List<String> names) {
  /** An operand; of axes that share a name its diagonal. */
  static EinsumTerm of(NodeImport node, Value value, List<String> names) {
    EinsumTerm term = new EinsumTerm(node, value, List.copyOf(names));
    for (int first = 0; first < term.names.size(); first++) {
      int again = term.names.lastIndexOf(term.names.get(first));
      while (again > first) {
        term = term.diagonal(first, again);
        again = term.names.lastIndexOf(term.names.get(first));
      }
    }
    return term;
  }

  /** Axis {@code second} becomes the neighbour of {@code first}, both one, of which every (extent + 1)th is taken. */
  private EinsumTerm diagonal(int first, int second) {
    int extent = extent(first);
    if (extent != extent(second)) {
      throw new IllegalArgumentException(
          "axis '%s' of %d and %d elements".formatted(names.get(first), extent, extent(second)));
    }
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < names.size(); axis++) {
      if (axis != second) {
        order.add(axis);
      }
      if (axis == first) {
        order.add(second);
      }
    }
    Value turned = node.add("turned", new Transpose(order), value);
    List<Integer> dims = new ArrayList<>(turned.type().shape().dims());
    dims.remove(first + 1);
    dims.set(first, Math.multiplyExact(extent, extent));
    Value flat = new Arithmetic(node).reshaped(new Shape(dims), turned);
    long[] places = Stream.iterate(0L, place -> place + extent + 1).limit(extent).mapToLong(place -> place).toArray();
    Value table = node.add("places", Tensor.ofIntegers(ElementType.I64, places, Shape.of(extent)));
    List<String> rest = new ArrayList<>(names);
    rest.remove(second);
    return new EinsumTerm(node, node.add("diagonal", new Gather(first), flat, table), rest);
  }

  private int extent(int axis) {
    return value.type().shape().dim(axis);
  }

  private int extent(String name) {
    return names.contains(name) ? extent(names.indexOf(name)) : 1;
  }

  /** Without the axes that nothing needs. */
  EinsumTerm summed(Set<String> needed) {
    List<Integer> axes = new ArrayList<>();
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < names.size(); axis++) {
      if (needed.contains(names.get(axis))) {
        dims.add(extent(axis));
      } else {
        axes.add(axis);
      }
    }
    if (axes.isEmpty()) {
      return this;
    }
    Value sum = node.add("summed", new Reduce(Reduce.Kind.SUM, axes), value);
    return new EinsumTerm(
        node, new Arithmetic(node).reshaped(new Shape(dims), sum), names.stream().filter(needed::contains).toList());
  }

  /**
   * The product with {@code other}, summed over what both have and nothing else needs: matrices of the axes that only one
   * of them has, and one such product for each place of the axes that both keep.
   */
  EinsumTerm times(EinsumTerm other, Set<String> kept) {
    EinsumTerm right = other.summed(Stream.concat(kept.stream(), names.stream()).collect(Collectors.toSet()));
    List<String> both = names.stream().filter(right.names::contains).toList();
    List<String> batch = both.stream().filter(kept::contains).toList();
    List<String> inner = both.stream().filter(name -> !kept.contains(name)).toList();
    List<String> rows = names.stream().filter(name -> !both.contains(name)).toList();
    List<String> columns = right.names.stream().filter(name -> !both.contains(name)).toList();
    EinsumTerm a = repeated(right, both);
    EinsumTerm b = right.repeated(this, both);
    Arithmetic arithmetic = new Arithmetic(node);
    int batches = a.product(batch);
    int terms = a.product(inner);
    Value left = arithmetic.reshaped(Shape.of(batches, a.product(rows), terms), a.inOrder(join(batch, rows, inner)));
    Value factor = arithmetic.reshaped(Shape.of(batches, terms, b.product(columns)), b.inOrder(join(batch, inner, columns)));
    Value product = product(left, factor);
    List<String> made = join(batch, rows, columns);
    List<Integer> dims = made.stream().map(name -> Math.max(a.extentOrNone(name), b.extentOrNone(name))).toList();
    return new EinsumTerm(node, arithmetic.reshaped(new Shape(dims), product), made);
  }

  /** Of integers every product is made, then added up. */
  private Value product(Value left, Value right) {
    if (left.type().element().isFloating()) {
      return node.add("matrices", new MatrixProduct(), left, right);
    }
    Arithmetic arithmetic = new Arithmetic(node);
    Shape a = left.type().shape();
    Shape b = right.type().shape();
    Value wide = arithmetic.reshaped(Shape.of(a.dim(0), a.dim(1), a.dim(2), 1), left);
    Value tall = arithmetic.reshaped(Shape.of(b.dim(0), 1, b.dim(1), b.dim(2)), right);
    node.requireElements(Shape.of(a.dim(0), a.dim(1), a.dim(2), b.dim(2)));
    return node.add("added", new Reduce(Reduce.Kind.SUM, List.of(2)), arithmetic.times(wide, tall));
  }

  /** With axes of one element as long as those of {@code like}. */
  private EinsumTerm repeated(EinsumTerm like, List<String> shared) {
    Shape shape = value.type().shape();
    for (String name : shared) {
      int own = extent(name);
      int there = like.extent(name);
      if (own != there && own != 1 && there != 1) {
        throw new IllegalArgumentException("axis '%s' of %d and %d elements".formatted(name, own, there));
      }
      shape = shape.with(names.indexOf(name), own == 1 ? there : own);
    }
    boolean same = shape.equals(value.type().shape());
    return same ? this : new EinsumTerm(node, node.add("repeated", new Expand(shape), value), names);
  }

  private int extentOrNone(String name) {
    return names.contains(name) ? extent(name) : -1;
  }

  private int product(List<String> axes) {
    return axes.stream().map(this::extent).reduce(1, Math::multiplyExact);
  }

  private static List<String> join(List<String> a, List<String> b, List<String> c) {
    return Stream.of(a, b, c).flatMap(List::stream).toList();
  }

  /** The value with its axes in this order. */
  Value inOrder(List<String> order) {
    List<Integer> axes = order.stream().map(names::indexOf).toList();
    return order.equals(names) ? value : node.add("ordered", new Transpose(axes), value);
  }
}

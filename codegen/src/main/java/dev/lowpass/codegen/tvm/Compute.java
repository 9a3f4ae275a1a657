package dev.lowpass.codegen.tvm;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A tensor by definition: an input, or each element as a formula of its indices. A {@link Schedule} makes loops of it.
 * For operators that are not hot; the hot ones are written out with {@link Code}.
 */
public final class Compute {
  private static final int DATA_PARALLEL = 0;
  private static final int REDUCTION = 2;

  private final TvmObject tensor;
  private final DataType type;

  private Compute(TvmObject tensor, DataType type) {
    this.tensor = tensor;
    this.type = type;
  }

  /** A tensor that the caller supplies. */
  public static Compute input(String name, DataType type, long... shape) {
    return new Compute(Tvm.object("te.Placeholder", extents(shape), type.toString(), name), type);
  }

  /** A tensor of {@code shape}, each element by {@code formula} of its indices. {@code name} becomes the block's. */
  public static Compute of(String name, long[] shape, Function<List<Var>, Expr> formula) {
    List<Var> indices = variables("i", shape.length);
    Expr element = formula.apply(indices);
    TvmObject operation = Tvm.object("te.ComputeOp", name, "", Tvm.map(Map.of()),
        iterationVariables(indices, shape, DATA_PARALLEL), List.of(element.node()));
    return new Compute(Tvm.object("te.OpGetOutput", operation, 0), element.type());
  }

  /** The sum of {@code term} over all indices below {@code extents}; only as the whole of a formula. */
  public static Expr sum(long[] extents, Function<List<Var>, Expr> term) {
    return reduction(extents, term, Expr::plus, 0);
  }

  /** The greatest {@code term}, for floating numbers; only as the whole of a formula. */
  public static Expr max(long[] extents, Function<List<Var>, Expr> term) {
    return reduction(extents, term, Expr::max, -Float.MAX_VALUE);
  }

  private static Expr reduction(long[] extents, Function<List<Var>, Expr> term,
      BinaryOperator<Expr> combine, double identity) {
    List<Var> indices = variables("r", extents.length);
    Expr value = term.apply(indices);
    Var left = Var.of("left", value.type());
    Var right = Var.of("right", value.type());
    TvmObject combiner = Tvm.object("tir.CommReducer", List.of(left.node()), List.of(right.node()),
        List.of(combine.apply(left, right).node()), List.of(Expr.constant(value.type(), identity).node()), null);
    TvmObject reduce = Tvm.object("tir.Reduce", combiner, List.of(value.node()),
        iterationVariables(indices, extents, REDUCTION), Tir.truth(true), 0, List.of(), null);
    return new Expr(reduce, value.type());
  }

  /** The element at {@code indices}, in the formula of another tensor. */
  public Expr at(Expr... indices) {
    return new Expr(Tvm.object("tir.ProducerLoad", tensor, Expr.nodes(List.of(indices)), null), type);
  }

  TvmObject tensor() {
    return tensor;
  }

  private static List<Var> variables(String prefix, int count) {
    List<Var> variables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variables.add(Var.i32(prefix + i));
    }
    return variables;
  }

  private static List<TvmObject> iterationVariables(List<Var> variables, long[] extents, int kind) {
    return IntStream.range(0, extents.length)
        .mapToObj(i -> Tir.iterationVariable(
            Tir.range(Expr.i32(extents[i]).node()), variables.get(i).node(), kind, ""))
        .toList();
  }

  private static List<TvmObject> extents(long[] shape) {
    return Arrays.stream(shape).mapToObj(extent -> Expr.i32(extent).node()).toList();
  }
}

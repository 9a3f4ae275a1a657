package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A value of TIR: a number or a vector of numbers. Immutable. Where one side of an operation is a vector, the other a
 * scalar, the scalar is broadcast; an {@code int} or {@code double} takes the type of the other side. Integers wrap,
 * and division rounds down.
 */
public sealed class Expr permits Var {
  private final TvmObject node;
  private final DataType type;
  private final Kind kind;
  private final int depth;

  /** @param parts of which {@code node} is made */
  Expr(TvmObject node, DataType type, Expr... parts) {
    this(node, Kind.of(type), parts);
  }

  Expr(TvmObject node, Kind kind, Expr... parts) {
    this.node = node;
    this.type = kind.type();
    this.kind = kind;
    this.depth = Depth.over(parts);
  }

  public static Expr f32(double value) {
    return constant(DataType.F32, value);
  }

  public static Expr i32(long value) {
    return constant(DataType.I32, value);
  }

  /** {@code value} as a scalar or vector of {@code type}. */
  public static Expr constant(DataType type, double value) {
    DataType scalar = type.withLanes(1);
    TvmObject node = type.isFloat()
        ? Tvm.object("ir.FloatImm", scalar.toString(), value, null)
        : Tir.integer(scalar, (long) value);
    return new Expr(node, scalar).broadcast(type.lanes());
  }

  /** The integers {@code base}, {@code base + 1}, … as a vector of {@code lanes}. */
  public static Expr ramp(Expr base, int lanes) {
    return ramp(base, 1, lanes);
  }

  /** {@code base + stride * lane}. */
  public static Expr ramp(Expr base, int stride, int lanes) {
    TvmObject node =
        Tvm.object("tir.Ramp", base.node, i32(stride).node, i32(lanes).node, null);
    return new Expr(node, base.type.withLanes(lanes), base);
  }

  /** What {@code body} makes of this, which is computed once however often the body names it. */
  public final Expr once(UnaryOperator<Expr> body) {
    if (this instanceof Var) {
      return body.apply(this);
    }
    Var variable = Var.of("v", type);
    Expr result = body.apply(variable);
    return new Expr(Tvm.object("tir.Let", variable.node(), node, result.node, null), result.type);
  }

  /** This scalar in every lane; itself for one lane or where it is such a vector already. */
  public final Expr broadcast(int lanes) {
    if (type.lanes() == lanes) {
      return this;
    }
    return new Expr(Tvm.object("tir.Broadcast", node, i32(lanes).node, null), type.withLanes(lanes), this);
  }

  public final Expr plus(Expr other) {
    return binary("tir._OpAdd", other);
  }

  public final Expr plus(double other) {
    return other == 0 ? this : plus(like(other));
  }

  public final Expr minus(Expr other) {
    return binary("tir._OpSub", other);
  }

  public final Expr minus(double other) {
    return other == 0 ? this : minus(like(other));
  }

  public final Expr times(Expr other) {
    return binary("tir._OpMul", other);
  }

  public final Expr times(double other) {
    return other == 1 ? this : times(like(other));
  }

  /** Division of floating numbers. */
  public final Expr over(Expr other) {
    return binary("tir._OpDiv", other);
  }

  public final Expr over(double other) {
    return over(like(other));
  }

  /** Division of integers, rounding towards minus infinity. */
  public final Expr floorDiv(Expr other) {
    return binary("tir._OpFloorDiv", other);
  }

  public final Expr floorDiv(long other) {
    return other == 1 ? this : floorDiv(like(other));
  }

  /** What {@link #floorDiv} leaves: of the divisor's sign. */
  public final Expr floorMod(Expr other) {
    return binary("tir._OpFloorMod", other);
  }

  public final Expr floorMod(long other) {
    return floorMod(like(other));
  }

  /**
   * Division of integers, rounding towards zero: of those that are not negative the same as {@link #floorDiv}, which TVM
   * gets wrong unless it can tell that they are not.
   */
  public final Expr quotient(Expr other) {
    return binary("tir._OpTruncDiv", other);
  }

  public final Expr quotient(long other) {
    return other == 1 ? this : quotient(like(other));
  }

  /** What {@link #quotient} leaves. */
  public final Expr remainder(Expr other) {
    return binary("tir._OpTruncMod", other);
  }

  public final Expr remainder(long other) {
    return remainder(like(other));
  }

  /** The lesser one; {@code other} where one of both is NaN. */
  public final Expr min(Expr other) {
    return binary("tir._OpMin", other);
  }

  /** The lesser one; NaN of NaN, which is why the number comes first: processors return the second operand then. */
  public final Expr min(double other) {
    return type.isFloat() ? like(other).min(this) : min(like(other));
  }

  /** The greater one; {@code other} where one of both is NaN. */
  public final Expr max(Expr other) {
    return binary("tir._OpMax", other);
  }

  /** The greater one; NaN of NaN, as with {@link #min(double)}. */
  public final Expr max(double other) {
    return type.isFloat() ? like(other).max(this) : max(like(other));
  }

  /** This limited to {@code low} to {@code high}. */
  public final Expr clip(double low, double high) {
    return max(low).min(high);
  }

  public final Expr negate() {
    return like(0).minus(this);
  }

  /** How many parts of {@code size} there are in this integer, the last perhaps smaller; none below 1. */
  public final Expr parts(int size) {
    // TVM's floor division is wrong for (whole + size - 1) unless it can tell that this is not negative.
    return max(0).plus(size - 1).floorDiv(size);
  }

  public final Expr lessThan(Expr other) {
    return comparison("tir._OpLT", other);
  }

  public final Expr lessThan(double other) {
    return lessThan(like(other));
  }

  public final Expr atLeast(Expr other) {
    return comparison("tir._OpGE", other);
  }

  public final Expr atLeast(double other) {
    return atLeast(like(other));
  }

  public final Expr equalTo(Expr other) {
    return comparison("tir._OpEQ", other);
  }

  public final Expr equalTo(double other) {
    return equalTo(like(other));
  }

  public final Expr and(Expr other) {
    return binary("tir._OpAnd", other);
  }

  public final Expr or(Expr other) {
    return binary("tir._OpOr", other);
  }

  public final Expr not() {
    return new Expr(Tvm.object("tir.Not", node, null), type, this);
  }

  /** Of this condition: one value or the other. Both are computed; where one must not be, see {@link #ifThenElse}. */
  public final Expr select(Expr whenTrue, Expr whenFalse) {
    int lanes = Math.max(type.lanes(), Math.max(whenTrue.lanes(), whenFalse.lanes()));
    Expr chosen = whenTrue.broadcast(lanes);
    TvmObject select =
        Tvm.object("tir.Select", broadcast(lanes).node, chosen.node, whenFalse.broadcast(lanes).node, null);
    return new Expr(select, chosen.type, this, whenTrue, whenFalse);
  }

  /** As {@link #select} for a scalar condition, but only the chosen side is computed: for guarded loads. */
  public final Expr ifThenElse(Expr whenTrue, Expr whenFalse) {
    int lanes = Math.max(whenTrue.lanes(), whenFalse.lanes());
    return intrinsic("tir.if_then_else", whenTrue.type.withLanes(lanes), this, whenTrue.broadcast(lanes),
        whenFalse.broadcast(lanes));
  }

  /** Converts the value, rounding towards zero to integers. */
  public final Expr cast(DataType element) {
    DataType target = element.withLanes(type.lanes());
    return new Expr(Tvm.object("tir._cast", target.toString(), node, null), target, this);
  }

  /** The same bits read as another type of the same size. */
  public final Expr reinterpret(DataType element) {
    return intrinsic("tir.reinterpret", element.withLanes(type.lanes()), this);
  }

  /** This address, of memory that from now on holds {@code element}s, whatever it held before. */
  public final Expr pointingTo(DataType element) {
    if (!(kind instanceof Kind.Pointer)) {
      throw new IllegalArgumentException(kind + " is not an address");
    }
    return new Expr(node, Kind.pointer(element), this);
  }

  /** Lane {@code index} of a vector. */
  public final Expr lane(int index) {
    return shuffle(List.of(this), index);
  }

  /** The lanes that {@code indices} name, counted through all {@code vectors}, which are of one type of element. */
  public static Expr shuffle(List<Expr> vectors, int... indices) {
    List<TvmObject> lanes = IntStream.of(indices).mapToObj(index -> i32(index).node).toList();
    TvmObject node = Tvm.object("tir.Shuffle", nodes(vectors), lanes, null);
    return new Expr(node, vectors.getFirst().type.withLanes(indices.length), vectors.toArray(Expr[]::new));
  }

  public final DataType type() {
    return type;
  }

  public final int lanes() {
    return type.lanes();
  }

  /** What a call passes that passes this. */
  final Kind kind() {
    return kind;
  }

  final TvmObject node() {
    return node;
  }

  final int depth() {
    return depth;
  }

  /** A call of an operator of TIR, such as {@code tir.exp}. */
  public static Expr intrinsic(String operator, DataType type, Expr... arguments) {
    return new Expr(Tir.call(type, operator, nodes(List.of(arguments))), type, arguments);
  }

  /** What a C function gives that does nothing else. Nobody checks that it takes such arguments. */
  public static Expr function(String name, DataType type, Expr... arguments) {
    return external("tir.call_pure_extern", name, type, arguments);
  }

  /** What a C function gives that may also read and write memory. Nobody checks that it takes such arguments. */
  public static Expr procedure(String name, DataType type, Expr... arguments) {
    return external("tir.call_extern", name, type, arguments);
  }

  private static Expr external(String operator, String name, DataType type, Expr... arguments) {
    List<TvmObject> all = new ArrayList<>(List.of(Tvm.object("tir.StringImm", name, null)));
    all.addAll(nodes(List.of(arguments)));
    return new Expr(Tir.call(type, operator, all), type, arguments);
  }

  static List<TvmObject> nodes(List<? extends Expr> expressions) {
    return expressions.stream().map(Expr::node).toList();
  }

  private Expr like(double value) {
    return constant(type, value);
  }

  private Expr binary(String operator, Expr other) {
    int lanes = Math.max(type.lanes(), other.type.lanes());
    Expr left = broadcast(lanes);
    Expr right = other.broadcast(lanes);
    return new Expr(Tvm.object(operator, left.node, right.node, null), left.type, left, right);
  }

  private Expr comparison(String operator, Expr other) {
    DataType truth = DataType.BOOL.withLanes(Math.max(lanes(), other.lanes()));
    return new Expr(binary(operator, other).node, truth, this, other);
  }

  /** TVMScript, for debugging. */
  @Override
  public String toString() {
    return node.toString();
  }
}

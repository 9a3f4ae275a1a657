package dev.lowpass.codegen.tir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.runtime.tvm.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every word of the vocabulary once, compiled and run, against plain Java. */
class VocabularyTest {
  private static final int COUNT = 64;
  private static final int LANES = 16;

  /** What {@code formula} makes of -32, -31, …, 31, in vectors of 16. */
  private static float[] mapped(UnaryOperator<Expr> formula) {
    Buffer x = Buffer.f32("x", COUNT);
    Buffer y = Buffer.f32("y", COUNT);
    Function kernel = Function.kernel("mapped", List.of(x, y), Code.of(code ->
        code.loop("i", COUNT / LANES, (row, i) -> {
          Expr offset = i.times(LANES);
          row.store(y, offset, formula.apply(x.load(offset, LANES)));
        })));
    float[] input = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      input[i] = i - COUNT / 2;
    }
    float[] output = new float[COUNT];
    BuiltLibrary.run(List.of(kernel, entryFor(kernel)), input, output);
    return output;
  }

  private static Function entryFor(Function kernel) {
    Buffer input = Buffer.f32("input", COUNT);
    Buffer output = Buffer.f32("output", COUNT);
    return Function.entry("lowpass_main", List.of(input, output),
        Stmt.call(kernel, List.of(input.address(0), output.address(0))));
  }

  private interface Scalar {
    double of(double x);
  }

  private static void check(UnaryOperator<Expr> formula, Scalar expected) {
    float[] actual = mapped(formula);
    for (int i = 0; i < COUNT; i++) {
      assertThat(actual[i]).isEqualTo((float) expected.of(i - COUNT / 2));
    }
  }

  @Test
  void arithmetic() {
    check(x -> x.plus(1).times(x).minus(x.over(4)).negate(), x -> -((x + 1) * x - x / 4));
  }

  @Test
  void extremes() {
    check(x -> x.clip(-3, 6).max(x.min(x.times(0.5))), x -> Math.max(Math.clamp(x, -3, 6), Math.min(x, x / 2)));
  }

  @Test
  void conditions() {
    check(x -> x.lessThan(5).and(x.atLeast(-2)).or(x.equalTo(9)).not().select(Expr.f32(7), x),
        x -> !(x < 5 && x >= -2 || x == 9) ? 7 : x);
  }

  @Test
  void integersDivideDownwards() {
    check(x -> x.cast(DataType.I32).floorDiv(5).times(100).plus(x.cast(DataType.I32).floorMod(5)).cast(DataType.F32),
        x -> Math.floorDiv((int) x, 5) * 100 + Math.floorMod((int) x, 5));
  }

  @Test
  void instructionsOfTheTarget() {
    check(x -> Intrinsics.sqrt(Intrinsics.abs(x)).plus(Intrinsics.floor(x.over(8))).plus(Intrinsics.ceil(x.over(8)))
        .plus(Intrinsics.roundEven(x.over(2))),
        x -> ((float) Math.sqrt(Math.abs(x)) + (float) Math.floor(x / 8)) + (float) Math.ceil(x / 8)
            + (float) Math.rint(x / 2));
  }

  @Test
  void lanesAndBits() {
    check(x -> x.lane(3).broadcast(LANES), x -> Math.floor(x / LANES) * LANES + 3);
    check(
        x -> Expr.shuffle(List.of(x, x.plus(100)), IntStream.range(LANES - 1, 2 * LANES - 1).toArray()),
        x -> x % LANES == 0 ? x + LANES - 1 : x + 99);
    check(x -> x.reinterpret(DataType.I32).reinterpret(DataType.F32), x -> x);
  }

  @Test
  void mathematicsLibraryIsFound() {
    float[] actual = mapped(x -> Intrinsics.exp(x.over(32)));
    assertThat(actual[COUNT / 2]).isEqualTo(1);
    Buffer x = Buffer.f32("x", COUNT);
    Buffer y = Buffer.f32("y", COUNT);
    Function kernel = Function.kernel("arctangent", List.of(x, y),
        Code.of(code -> code.loop("i", COUNT, (row, i) -> row.store(y, i, Intrinsics.library("atanf", x.load(i))))));
    float[] output = new float[COUNT];
    float[] ones = new float[COUNT];
    Arrays.fill(ones, 1);
    BuiltLibrary.run(List.of(kernel, entryFor(kernel)), ones, output);
    assertThat(output[5]).isEqualTo((float) (Math.PI / 4));
  }

  @Test
  void guardedLoadStaysInside() {
    Buffer x = Buffer.f32("x", COUNT);
    Buffer y = Buffer.f32("y", COUNT);
    Function shift = Function.kernel("shift", List.of(x, y), Code.of(code ->
        code.loop("i", COUNT, (row, i) ->
            row.store(y, i, i.atLeast(COUNT - 1).ifThenElse(Expr.f32(-1), x.load(i.plus(1)))))));
    float[] input = new float[COUNT];
    input[1] = 5;
    float[] output = new float[COUNT];
    BuiltLibrary.run(List.of(shift, entryFor(shift)), input, output);
    assertThat(output[0]).isEqualTo(5);
    assertThat(output[COUNT - 1]).isEqualTo(-1);
  }

  @Test
  void parallelLoopsInsideAndAroundKernels() {
    Buffer x = Buffer.f32("x", COUNT);
    Buffer y = Buffer.f32("y", COUNT);
    Function inside = Function.kernel("inside", List.of(x, y), Code.of(code ->
        code.loop("i", Expr.i32(COUNT / LANES), LoopKind.PARALLEL, (row, i) ->
            row.store(y, i.times(LANES), x.load(i.times(LANES), LANES).plus(1)))));
    Buffer piece = Buffer.f32("piece", LANES);
    Var index = Var.i32("index");
    Function around = Function.kernel("around", List.of(piece, index),
        piece.store(0, piece.load(Expr.i32(0), LANES).plus(index.cast(DataType.F32))));
    Buffer input = Buffer.f32("input", COUNT);
    Buffer output = Buffer.f32("output", COUNT);
    Function entry = Function.entry("lowpass_main", List.of(input, output), Code.of(code -> {
      code.call(inside, input.address(0), output.address(0));
      code.loop("i", Expr.i32(COUNT / LANES), LoopKind.PARALLEL, (row, i) ->
          row.call(around, output.address(i.times(LANES)), i));
    }));
    float[] result = new float[COUNT];
    BuiltLibrary.run(List.of(inside, around, entry), new float[COUNT], result);
    for (int i = 0; i < COUNT; i++) {
      assertThat(result[i]).isEqualTo(1 + i / LANES);
    }
  }

  @Test
  void registersAccumulate() {
    Buffer x = Buffer.f32("x", COUNT);
    Buffer y = Buffer.f32("y", COUNT);
    Function sums = Function.kernel("sums", List.of(x, y), Code.of(code -> {
      Register sum = code.register("sum", DataType.F32.withLanes(LANES));
      code.add(sum.set(Expr.f32(100)));
      code.loop("i", COUNT / LANES, (row, i) -> {
        Var value = row.let("value", x.load(i.times(LANES), LANES));
        row.add(sum.add(value));
      });
      code.store(y, Expr.i32(0), sum.get());
    }));
    float[] input = new float[COUNT];
    Arrays.fill(input, 2);
    float[] output = new float[COUNT];
    BuiltLibrary.run(List.of(sums, entryFor(sums)), input, output);
    assertThat(output[LANES - 1]).isEqualTo(100 + 2f * COUNT / LANES);
    assertThat(output[LANES]).isZero();
  }
}

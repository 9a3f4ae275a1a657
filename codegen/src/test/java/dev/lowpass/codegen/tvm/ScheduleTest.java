package dev.lowpass.codegen.tvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.runtime.tvm.DataType;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final int ROWS = 24;
  private static final int DEPTH = 40;
  private static final int COLUMNS = 32;

  private static Schedule product() {
    Compute x = Compute.input("x", DataType.F32, ROWS, DEPTH);
    Compute w = Compute.input("w", DataType.F32, DEPTH, COLUMNS);
    Compute y = Compute.of("y", new long[] {ROWS, COLUMNS}, at ->
        Compute.sum(new long[] {DEPTH}, k -> x.at(at.get(0), k.get(0)).times(w.at(k.get(0), at.get(1)))));
    return Schedule.of("product", List.of(x, w, y));
  }

  @Test
  void naiveLoops() {
    check(product().kernel());
  }

  @Test
  void everyStepKeepsTheResult() {
    Schedule schedule = product();
    Schedule.Block y = schedule.block("y");
    Schedule.Block written = schedule.cacheWrite(y, 0, Scope.GLOBAL);
    List<Schedule.Loop> loops = schedule.loops(y);
    List<Schedule.Loop> rows = schedule.split(loops.get(0), 4);
    List<Schedule.Loop> columns = schedule.split(loops.get(1), 16);
    schedule.reorder(rows.get(0), columns.get(0), loops.get(2), rows.get(1), columns.get(1));
    Schedule.Loop tile = schedule.fuse(rows.get(0), columns.get(0));
    schedule.reverseComputeAt(written, tile);
    schedule.vectorize(columns.get(1)).unroll(rows.get(1)).parallel(tile);
    schedule.decomposeReduction(y, loops.get(2));
    check(schedule.kernel());
  }

  private static void check(Function kernel) {
    Buffer x = Buffer.f32("x", ROWS * DEPTH);
    Buffer w = Buffer.f32("w", DEPTH * COLUMNS);
    Buffer y = Buffer.f32("y", ROWS * COLUMNS);
    Function entry = Function.entry("lowpass_main", List.of(x, w, y),
        Stmt.call(kernel, List.of(x.address(0), w.address(0), y.address(0))));
    float[] left = new float[ROWS * DEPTH];
    float[] right = new float[DEPTH * COLUMNS];
    for (int i = 0; i < left.length; i++) {
      left[i] = i % 7 - 3;
    }
    for (int i = 0; i < right.length; i++) {
      right[i] = i % 5 - 2;
    }
    float[] result = new float[ROWS * COLUMNS];
    BuiltLibrary.run(List.of(kernel, entry), left, right, result);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        float expected = 0;
        for (int k = 0; k < DEPTH; k++) {
          expected += left[row * DEPTH + k] * right[k * COLUMNS + column];
        }
        assertThat(result[row * COLUMNS + column]).isEqualTo(expected, Offset.offset(0f));
      }
    }
  }
}

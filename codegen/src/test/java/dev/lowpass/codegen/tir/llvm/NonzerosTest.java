package dev.lowpass.codegen.tir.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of what is not zero, against a loop in Java. */
class NonzerosTest {
  private static final int LANES = 16;
  private static final int SLABS = 5;
  private static final int ROWS_BETWEEN = 2;
  private static final int STEP = 48;

  /** The second list's place, with room for what may follow the first. */
  private static final int APART = SLABS * LANES + LANES;

  /** Behind both lists, where nothing may be written. */
  private static final int GUARD = 32;

  private static final float[] NOT_ZERO = {1, -1, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};

  @ParameterizedTest
  @CsvSource({
    "x86-64-v3, 1", "x86-64-v3, 2", "x86-64-v3, 3", "x86-64-v3, 4", "x86-64-v3, 5", "x86-64-v3, 6",
    "x86-64-v4, 1", "x86-64-v4, 2", "x86-64-v4, 3", "x86-64-v4, 4", "x86-64-v4, 5", "x86-64-v4, 6"
  })
  void areListedInOrder(String name, int rows) {
    CpuTarget target = CpuTarget.ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    RunsHere.assume(target);
    byte[] library = library(target, rows);
    Random random = new Random(rows);
    for (int zerosInTen : new int[] {0, 1, 5, 7, 9, 10}) {
      float[] map = map(random, rows, zerosInTen);
      for (int slabs = 0; slabs <= SLABS; slabs++) {
        float[] lists = new float[2 * APART + GUARD];
        Arrays.fill(lists, Float.intBitsToFloat(-1));
        float[] counts = {Float.intBitsToFloat(slabs), 0};
        BuiltLibrary.run(library, "entry", map, lists, counts);
        List<Integer> expected = nonzeros(map, rows, slabs);
        assertThat(Float.floatToRawIntBits(counts[1])).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
          int channel = expected.get(i);
          int sample = channel / LANES * pitch(rows) + channel % LANES;
          assertThat(Float.floatToRawIntBits(lists[i])).isEqualTo(sample);
          assertThat(Float.floatToRawIntBits(lists[APART + i])).isEqualTo(channel * STEP);
        }
        for (int i = 0; i < GUARD; i++) {
          assertThat(Float.floatToRawIntBits(lists[2 * APART + i])).as("behind the lists").isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void needAWayToPackLanes() {
    assertThat(CpuTarget.ALL).filteredOn(target -> target.machine().skipping().possible()).containsExactly(CpuTarget.X86_64_V3, CpuTarget.X86_64_V4);
  }

  private static byte[] library(CpuTarget target, int rows) {
    Nonzeros nonzeros = new Nonzeros(target.machine());
    Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer list = Buffer.i32("list", Buffer.UNCHECKED);
    Buffer counts = Buffer.i32("counts", Buffer.UNCHECKED);
    Expr count =
        nonzeros.list(
            rows,
            x.address(0),
            Expr.i32(pitch(rows)),
            counts.load(0),
            Expr.i32(STEP),
            list.address(0),
            Expr.i32(APART));
    Function kernel =
        Function.kernel("kernel", List.of(x, list, counts), nonzeros.in(List.of(rows), counts.store(1, count)));
    Buffer map = Buffer.f32("map", SLABS * pitch(rows));
    Buffer lists = Buffer.f32("lists", 2 * APART + GUARD);
    Buffer ends = Buffer.f32("ends", 2);
    Function entry =
        Function.entry(
            "entry",
            List.of(map, lists, ends),
            Stmt.call(kernel, List.of(map.address(0), integers(lists), integers(ends))));
    return new LibraryBuilder(target).add(kernel).add(entry).build();
  }

  /** Where the bits of integers lie in a caller's floats. */
  private static Expr integers(Buffer floats) {
    return floats.address(0).pointingTo(DataType.I32);
  }

  private static int pitch(int rows) {
    return (rows + ROWS_BETWEEN) * LANES;
  }

  /** Zeros of both signs in so many of ten channels; rows in between, which are not to be looked at, are not zero. */
  private static float[] map(Random random, int rows, int zerosInTen) {
    float[] map = new float[SLABS * pitch(rows)];
    Arrays.fill(map, 1);
    for (int channel = 0; channel < SLABS * LANES; channel++) {
      int only = random.nextInt(10) < zerosInTen ? rows : random.nextInt(rows);
      for (int row = 0; row < rows; row++) {
        float zero = random.nextBoolean() ? 0f : -0f;
        map[at(channel, row, rows)] = row == only ? NOT_ZERO[random.nextInt(NOT_ZERO.length)] : zero;
      }
    }
    return map;
  }

  private static List<Integer> nonzeros(float[] map, int rows, int slabs) {
    List<Integer> channels = new ArrayList<>();
    for (int channel = 0; channel < slabs * LANES; channel++) {
      boolean zero = true;
      for (int row = 0; row < rows; row++) {
        zero &= map[at(channel, row, rows)] == 0;
      }
      if (!zero) {
        channels.add(channel);
      }
    }
    return channels;
  }

  private static int at(int channel, int row, int rows) {
    return channel / LANES * pitch(rows) + row * LANES + channel % LANES;
  }
}

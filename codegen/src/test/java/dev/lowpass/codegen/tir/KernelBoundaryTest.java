package dev.lowpass.codegen.tir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.ObjectFile;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.NativeModule;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Why a kernel gets an object file of its own. Two kernels pass values back and forth within one arena, three times:
 * first half to second, second half to first, the places read from a table. Compiled together, LLVM inlines both and
 * believes TVM's word that what one stores the other does not load.
 */
class KernelBoundaryTest {
  private static final int ROUNDS = 3;
  private static final int LANES = 16;

  private final Buffer source = Buffer.f32("source", LANES);
  private final Buffer target = Buffer.f32("target", LANES);
  private final Buffer arena = Buffer.f32("arena", 2 * LANES);
  private final Buffer places = Buffer.f32("places", 4);

  @Test
  void separateObjectsPassValuesThroughAnArena() {
    Function up = Function.kernel("up", List.of(source, target), scaled(2, 1));
    Function down = Function.kernel("down", List.of(source, target), scaled(3, 0));
    Function entry = Function.entry("lowpass_main", List.of(arena, places), rounds(
        (from, to) -> Stmt.call(up, List.of(from, to)),
        (from, to) -> Stmt.call(down, List.of(from, to))));
    float[] values = ones();
    BuiltLibrary.run(List.of(up, down, entry), values, places());
    assertThat(values[0]).isEqualTo(expected());
  }

  @Test
  void overlappingKernelSeesItsOwnStores() {
    Function doubled = Function.overlapping("doubled", List.of(source, target),
        Code.of(code -> code.loop("i", ROUNDS, (round, i) -> round.add(scaled(2, 0)))));
    Function entry = Function.entry("lowpass_main", List.of(arena),
        Stmt.call(doubled, List.of(arena.address(0), arena.address(0))));
    float[] values = ones();
    BuiltLibrary.run(List.of(doubled, entry), values);
    assertThat(values[0]).isEqualTo(8);
  }

  /** Not a wish but the known fault: the day it goes away, kernels may share an object file. */
  @Test
  void oneModuleOfPrivateKernelsIsMiscompiled() {
    TvmObject up = Tvm.object("ir.GlobalVar", "up", Tir.primitive(DataType.I32));
    TvmObject down = Tvm.object("ir.GlobalVar", "down", Tir.primitive(DataType.I32));
    Function entry = Function.entry("lowpass_main", List.of(arena, places),
        rounds((from, to) -> call(up, from, to), (from, to) -> call(down, from, to)));
    Map<TvmObject, TvmObject> functions = new LinkedHashMap<>();
    functions.put(up, privateKernel(scaled(2, 1)));
    functions.put(down, privateKernel(scaled(3, 0)));
    functions.put(Tvm.object("ir.GlobalVar", "lowpass_main", Tir.primitive(DataType.I32)), entry.node());
    TvmObject module = Tir.module(functions);
    float[] values = ones();
    try (NativeModule built = NativeModule.of(ObjectFile.module(module, BuiltLibrary.HOST, ""))) {
      BuiltLibrary.run(built, "lowpass_main", values, places());
    }
    assertThat(values[0]).isNotEqualTo(expected());
  }

  private Stmt scaled(double factor, double shift) {
    return target.store(0, source.load(Expr.i32(0), LANES).times(factor).plus(shift));
  }

  private interface Step {
    Stmt between(Expr from, Expr to);
  }

  private Stmt rounds(Step up, Step down) {
    return Code.of(code -> {
      Var[] offsets = new Var[4];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = code.let("place" + i, places.load(i).cast(DataType.I32));
      }
      code.loop("round", ROUNDS, (round, t) -> {
        round.add(up.between(arena.address(offsets[0]), arena.address(offsets[1])));
        round.add(down.between(arena.address(offsets[2]), arena.address(offsets[3])));
      });
    });
  }

  private static float[] places() {
    return new float[] {0, LANES, LANES, 0};
  }

  private static float[] ones() {
    float[] values = new float[2 * LANES];
    Arrays.fill(values, 1);
    return values;
  }

  private static float expected() {
    float value = 1;
    for (int round = 0; round < ROUNDS; round++) {
      value = (value * 2 + 1) * 3;
    }
    return value;
  }

  private TvmObject privateKernel(Stmt body) {
    List<TvmObject> parameters = Expr.nodes(List.of(source.variable(), target.variable()));
    TvmObject declared = source.declaredIn(target.declaredIn(body)).node();
    TvmObject function = Tvm.object("tir.PrimFunc", parameters, declared, Tir.primitive(DataType.I32),
        Tvm.map(Map.of()), null, null);
    return Tir.withAttribute(function, "tir.noalias", Tir.truth(true));
  }

  private static Stmt call(TvmObject function, Expr... arguments) {
    TvmObject call = Tvm.object("tir.Call", "int32", function, Tvm.array(Expr.nodes(List.of(arguments))), null);
    return new Stmt(Tvm.object("tir.Evaluate", call, null), Depth.over(arguments));
  }
}

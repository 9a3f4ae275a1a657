package dev.lowpass.codegen.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.LoopKind;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.ThreadAxis;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One entry of three device kernels, which pass values on through an arena at offsets. */
class OpenClTest {
  private static final int COUNT = 1024;
  private static final int GROUP = 64;

  private static Function entry() {
    Buffer input = Buffer.f32("input", COUNT);
    Buffer arena = Buffer.f32("arena", 2 * COUNT);
    Buffer output = Buffer.f32("output", COUNT);
    return Function.entry("lowpass_main", List.of(input, arena, output), Code.of(code -> {
      nest(code, (item, i, thread) -> item.store(arena, i, input.load(i).times(2)));
      nest(code, (item, i, thread) -> {
        Buffer tile = item.buffer("tile", DataType.F32, GROUP, Scope.SHARED);
        item.store(tile, thread, arena.load(i));
        item.barrier();
        item.store(arena, i.plus(COUNT), tile.load(Expr.i32(GROUP - 1).minus(thread)));
      });
      nest(code, (item, i, thread) -> {
        Buffer sums = item.buffer("sums", DataType.F32, 2, Scope.LOCAL);
        item.loop("k", Expr.i32(2), LoopKind.UNROLLED, (step, k) ->
            step.store(sums, k, arena.load(i.plus(COUNT)).plus(k.cast(DataType.F32))));
        item.store(output, i, sums.load(0).times(sums.load(1)));
      });
    }));
  }

  private interface WorkItem {
    void write(Code code, Expr index, Var thread);
  }

  private static void nest(Code code, WorkItem body) {
    code.loop("group", COUNT / GROUP, ThreadAxis.BLOCK_X, (groups, group) ->
        groups.loop("item", GROUP, ThreadAxis.THREAD_X, (items, item) ->
            body.write(items, group.times(GROUP).plus(item), item)));
  }

  @Test
  void compilingTwiceGivesIdenticalBytes() {
    byte[] first = new LibraryBuilder(CpuTarget.X86_64_V3).addDevice("opencl", List.of(entry())).build();
    assertThat(new LibraryBuilder(CpuTarget.X86_64_V3).addDevice("opencl", List.of(entry())).build()).isEqualTo(first);
  }

  @Test
  void kernelsRunOneAfterTheOther() {
    RunsHere.assumeOpenCl();
    byte[] library = new LibraryBuilder(CpuTarget.X86_64_V3).addDevice("opencl", List.of(entry())).build();
    try (NativeModule module = BuiltLibrary.load(library);
        HostMemory host = HostMemory.allocate(4L * COUNT);
        DeviceMemory input = DeviceMemory.allocate(Device.OPENCL, 4L * COUNT);
        DeviceMemory arena = DeviceMemory.allocate(Device.OPENCL, 8L * COUNT);
        DeviceMemory output = DeviceMemory.allocate(Device.OPENCL, 4L * COUNT)) {
      for (int i = 0; i < COUNT; i++) {
        BuiltLibrary.floats(host).put(i, i);
      }
      input.copyFrom(host.address(), host.bytes());
      new ArgumentList(module.function("lowpass_main"), input.tensor(DataType.F32), arena.tensor(DataType.F32),
          output.tensor(DataType.F32)).call();
      output.copyTo(host.address(), host.bytes());
      for (int i = 0; i < COUNT; i++) {
        int mirrored = i / GROUP * GROUP + GROUP - 1 - i % GROUP;
        assertThat(BuiltLibrary.floats(host).get(i)).isEqualTo(2f * mirrored * (2f * mirrored + 1));
      }
    }
  }
}

package dev.lowpass.codegen.tir.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.build.Together;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicsTest {
  private static final int TASKS = 100_000;

  /** Counters lie in different cache lines. */
  private static final int ARRIVED = 16;

  /** Each worker takes tickets, counts each in its place, and at last waits for the others and looks at all. */
  private static final Function ENTRY = entry();

  private static Function entry() {
    Buffer counters = Buffer.i32("counters", 32);
    Buffer seen = Buffer.f32("seen", TASKS);
    Buffer sums = Buffer.f32("sums", 16);
    Var worker = Var.i32("worker");
    Var workers = Var.i32("workers");
    Stmt body = Code.of(code -> {
      Register ticket = code.register("ticket", DataType.I32);
      code.add(ticket.set(Atomics.take(counters.address(0), workers)));
      code.loopWhile(ticket.get().lessThan(TASKS), task -> {
        Var number = task.let("number", ticket.get());
        task.store(seen, number, seen.load(number).plus(1));
        task.add(ticket.set(Atomics.take(counters.address(0), workers)));
      });
      code.add(Atomics.arrive(counters.address(ARRIVED)));
      code.add(Atomics.await(counters.address(ARRIVED), workers));
      Register sum = code.register("sum", DataType.F32);
      code.add(sum.set(Expr.f32(0)));
      code.loop("i", TASKS, (each, i) -> each.add(sum.add(seen.load(i))));
      code.store(sums, worker, sum.get());
    });
    return Function.entry("entry", List.of(counters, seen, sums, worker, workers), Atomics.in(body));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void everyTicketIsTakenOnceAndSeenByAllWhoWait(int workers) {
    byte[] library = new LibraryBuilder(BuiltLibrary.HOST).add(ENTRY).build();
    try (NativeModule module = BuiltLibrary.load(library);
        HostMemory counters = HostMemory.allocate(4 * 32);
        HostMemory seen = HostMemory.allocate(4 * TASKS);
        HostMemory sums = HostMemory.allocate(4 * 16)) {
      DeviceTensor[] tensors = {counters.tensor(DataType.I32), seen.tensor(DataType.F32), sums.tensor(DataType.F32)};
      Together.run(workers, worker ->
          new ArgumentList(module.function("entry"), tensors, worker, workers).call());
      for (int i = 0; i < TASKS; i++) {
        assertThat(BuiltLibrary.floats(seen).get(i)).isEqualTo(1);
      }
      for (int worker = 0; worker < workers; worker++) {
        assertThat(BuiltLibrary.floats(sums).get(worker)).isEqualTo(TASKS);
      }
    }
  }
}

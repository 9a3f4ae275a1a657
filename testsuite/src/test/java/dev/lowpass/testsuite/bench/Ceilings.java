package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one core can do at best, by kernels that go the way of all others: multiply-adds that touch nothing but
 * registers, and reading memory once from one end to the other. For one thread.
 */
public final class Ceilings implements AutoCloseable {
  /** A vector is 16 lanes, two registers of AVX2. */
  private static final DataType VECTOR = DataType.F32.withLanes(16);

  /** Of multiply-adds: some 2 ms. */
  private static final int ROUNDS = 200_000;

  /** Independent sums of reading: enough to keep all loads in flight. */
  private static final int STREAMS = 8;

  private static final int PAGE = 4096;

  private final int sums;
  private final NativeModule module;
  private final HostMemory data;
  private final HostMemory result = HostMemory.allocate(4096);
  private final ArgumentList multiply;
  private final ArgumentList read;

  /** @param bytes that are read; beyond the caches, or as many as one wants to see come from them */
  public Ceilings(CpuTarget target, long bytes) {
    // Multiply-adds take 4 cycles, two start in each: 8 sums are needed, more do not help, 16 double registers spill.
    this.sums = target.machine().lanes() >= 16 ? 16 : 6;
    long block = 16L * STREAMS;
    this.data = HostMemory.allocate(bytes / (4 * block) * 4 * block);
    touch(data.buffer());
    Function kernel = multiplyKernel(sums);
    Function reader = readKernel();
    LibraryBuilder builder = new LibraryBuilder(target);
    builder.add(kernel).add(entry("multiply", kernel)).add(reader).add(entry("read", reader));
    try {
      Path file = Files.createTempFile("ceilings-", ".so");
      Files.write(file, builder.build());
      this.module = NativeModule.load(file);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DeviceTensor[] tensors = {data.tensor(DataType.F32), result.tensor(DataType.F32)};
    int blocks = Math.toIntExact(data.bytes() / 4 / block);
    this.multiply = new ArgumentList(module.function("multiply"), tensors, ROUNDS);
    this.read = new ArgumentList(module.function("read"), tensors, blocks);
  }

  /** Pages that nobody wrote are all the same page of zeros, which never leaves the cache. */
  private static void touch(ByteBuffer memory) {
    for (int offset = 0; offset < memory.capacity(); offset += PAGE) {
      memory.put(offset, (byte) 0);
    }
  }

  /** GFLOP/s of multiply-adds in registers, a multiply-add being two; takes some milliseconds. */
  public double gigaflops() {
    return 2.0 * 16 * sums * ROUNDS / nanoseconds(multiply);
  }

  /** GB/s of reading all the bytes once. */
  public double gigabytes() {
    return data.bytes() / nanoseconds(read);
  }

  private static double nanoseconds(ArgumentList call) {
    long start = System.nanoTime();
    call.call();
    return System.nanoTime() - start;
  }

  /** sum = sum · a + b, which tends to b / (1 - a): no rounding to infinity, nor to zero. */
  private static Function multiplyKernel(int count) {
    Buffer result = Buffer.f32("y", Buffer.UNCHECKED);
    Var rounds = Var.i32("rounds");
    return Function.kernel(
        "lowpass_multiply",
        List.of(result, rounds),
        Code.of(
            code -> {
              Var a = code.let("a", result.load(Expr.i32(0), 16));
              Var b = code.let("b", result.load(Expr.i32(16), 16));
              Register[] sums = new Register[count];
              for (int i = 0; i < count; i++) {
                sums[i] = code.register("sum", VECTOR);
                code.add(sums[i].set(Expr.f32(i)));
              }
              code.loop(
                  "round",
                  rounds,
                  (body, round) -> {
                    for (Register sum : sums) {
                      body.add(sum.set(sum.get().times(a).plus(b)));
                    }
                  });
              for (int i = 0; i < count; i++) {
                code.store(result, Expr.i32(32 + 16 * i), sums[i].get());
              }
            }));
  }

  private static Function readKernel() {
    Buffer data = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer result = Buffer.f32("y", Buffer.UNCHECKED);
    Var blocks = Var.i32("blocks");
    return Function.kernel(
        "lowpass_read",
        List.of(data, result, blocks),
        Code.of(
            code -> {
              Register[] sums = new Register[STREAMS];
              for (int i = 0; i < STREAMS; i++) {
                sums[i] = code.register("sum", VECTOR);
                code.add(sums[i].set(Expr.f32(0)));
              }
              code.loop(
                  "block",
                  blocks,
                  (body, block) -> {
                    for (int i = 0; i < STREAMS; i++) {
                      body.add(sums[i].add(data.load(block.times(16 * STREAMS).plus(16 * i), 16)));
                    }
                  });
              for (int i = 0; i < STREAMS; i++) {
                code.store(result, Expr.i32(32 + 16 * i), sums[i].get());
              }
            }));
  }

  private Function entry(String name, Function kernel) {
    Buffer data = Buffer.f32("data", this.data.bytes() / 4);
    Buffer result = Buffer.f32("result", this.result.bytes() / 4);
    Var count = Var.i32("count");
    boolean reads = name.equals("read");
    return Function.entry(
        name,
        List.of(data, result, count),
        Code.of(
            code -> {
              if (reads) {
                code.call(kernel, data.address(0), result.address(0), count);
              } else {
                code.call(kernel, result.address(0), count);
              }
            }));
  }

  @Override
  public void close() {
    module.close();
    data.close();
    result.close();
  }
}

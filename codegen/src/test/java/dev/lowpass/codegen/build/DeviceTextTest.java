package dev.lowpass.codegen.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.ThreadAxis;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTextTest {
  @Test
  void aKernelHasItsParametersInOrder() {
    Buffer z = Buffer.f32("z", 1024);
    Buffer a = Buffer.f32("a", 1024);
    Function kernel =
        Function.device(
            "k0",
            List.of(z, a),
            Code.of(
                code ->
                    code.loop(
                        "g",
                        4,
                        ThreadAxis.BLOCK_X,
                        (groups, g) ->
                            groups.loop(
                                "t",
                                64,
                                ThreadAxis.THREAD_X,
                                (body, t) -> {
                                  Buffer s = body.buffer("s", DataType.F32, 256, Scope.SHARED);
                                  Expr at = g.times(256).plus(t.times(4));
                                  body.store(s, t.times(4), a.load(at, 4));
                                  body.barrier();
                                  body.store(z, at, s.load(Expr.i32(252).minus(t.times(4)), 4).times(Expr.f32(2).broadcast(4)));
                                }))));
    assertThat(DeviceText.of(kernel))
        .contains("__kernel void k0(__global float* restrict z, __global float* restrict a)")
        .contains("__attribute__((aligned(16))) float4 s[64]");
  }
}

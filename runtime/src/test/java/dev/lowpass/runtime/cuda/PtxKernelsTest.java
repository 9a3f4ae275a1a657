package dev.lowpass.runtime.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PtxKernelsTest {
  /** As clang writes it. */
  private static final String PTX =
      """
      .version 7.8
      .target sm_80
      .address_size 64
      	// .globl	k0_kernel               // -- Begin function k0_kernel
      .visible .entry k0_kernel(
      	.param .u64 k0_kernel_param_0,
      	.param .u64 .ptr .global .align 4 k0_kernel_param_1
      )                                       // @k0_kernel
      .reqntid 64, 1, 1
      {
      	.reg .b64 %rd<4>;
      	ld.param.u64 %rd1, [k0_kernel_param_0];
      	ret;
      }
      .func (.param .b32 result) helper(.param .b64 a) { ret; }
      /* .entry no(.param .u64 a)
       */
      .entry $none ()
      { ret; }
      .entry bare
      { ret; }
      .entry number(.param .u64 a, .param .u32 b) { ret; }
      .entry array(.param .b64 a[4]) { ret; }
      """;

  private final PtxKernels kernels = PtxKernels.parse(PTX.getBytes(StandardCharsets.UTF_8));

  @Test
  void findsKernelsAndNothingElse() {
    assertThat(kernels.parameters()).containsOnlyKeys("k0_kernel", "$none", "bare", "number", "array");
    kernels.requireTakes("k0_kernel", 2);
    kernels.requireTakes("$none", 0);
    kernels.requireTakes("bare", 0);
  }

  @Test
  void refusesWhatTheDriverWouldReadBeyond() {
    assertThatThrownBy(() -> kernels.requireTakes("k0_kernel", 1))
        .hasMessage("kernel k0_kernel is given 1 pointers, and takes 2 of them");
    assertThatThrownBy(() -> kernels.requireTakes("number", 2))
        .hasMessage("kernel number is given 2 pointers, and takes other parameters than pointers");
    assertThatThrownBy(() -> kernels.requireTakes("array", 1)).isInstanceOf(CudaException.class);
    assertThatThrownBy(() -> kernels.requireTakes("helper", 1)).hasMessage("its PTX has no kernel helper");
    assertThatThrownBy(() -> kernels.requireTakes("k0_kernel\0", 2)).isInstanceOf(CudaException.class);
  }

  @Test
  void takesAnyBytes() {
    assertThat(PtxKernels.parse(new byte[] {-1, 0, '/', '*', '.', 'e'}).parameters()).isEmpty();
    assertThat(PtxKernels.parse(("/*" + "*".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8)).parameters()).isEmpty();
    byte[] open = (".entry a(" + ".param .u64 x,".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(PtxKernels.parse(open).parameters()).containsExactly(java.util.Map.entry("a", 0));
  }
}

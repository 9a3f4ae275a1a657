package dev.lowpass.testsuite.cuda;

/** PTX whose counts are plain to see. */
final class SamplePtx {
  private static final String HEADER =
      """
      //| // prelude
      //| // kernels
      //| fma.rn.f32 in a comment counts for nothing;
      .version 7.8
      .target sm_80
      .address_size 64
      """;

  /**
   * A loop that fills shared memory by one wide load and has four multiply-adds, and in it one with two that reads two
   * words, and two more where a condition holds; that part stands behind both.
   */
  static final String NESTED =
      HEADER
          + """
          .visible .entry nested(
            .param .u64 nested_param_0
          )
          .reqntid 16, 8, 1
          {
            .reg .pred %p<4>;
            .reg .b32 %r<8>;
            .reg .f32 %f<16>;
            .reg .b64 %rd<4>;
            .shared .align 16 .b8 tile[2048];
            ld.param.u64 %rd1, [nested_param_0];
            mov.u32 %r1, tile;
            mov.u32 %r4, %tid.x;
            mov.f32 %f1, 0f00000000;
            mov.u32 %r2, 0;
          $outer:
            ld.global.nc.v4.f32 {%f4, %f5, %f6, %f7}, [%rd1];
            st.shared.v4.f32 [%r1], {%f4, %f5, %f6, %f7};
            bar.sync 0;
            mov.u32 %r3, 0;
          $inner:
            ld.shared.f32 %f2, [%r1];
            ld.shared.f32 %f3, [%r1+4];
            fma.rn.f32 %f1, %f2, %f3, %f1;
            setp.eq.s32 %p3, %r4, 3;
            @%p3 bra $rare;
          $back:
            fma.rn.f32 %f1, %f3, %f3, %f1;
            add.s32 %r3, %r3, 1;
            setp.lt.s32 %p1, %r3, 64;
            @%p1 bra $inner;
            bar.sync 0;
            fma.rn.f32 %f1, %f1, %f1, %f1;
            fma.rn.f32 %f1, %f1, %f1, %f1;
            fma.rn.f32 %f1, %f1, %f1, %f1;
            fma.rn.f32 %f1, %f1, %f1, %f1;
            add.s32 %r2, %r2, 1;
            setp.lt.s32 %p2, %r2, %r4;
            @%p2 bra $outer;
            bra.uni $done;
          $rare:
            ld.shared.f32 %f2, [%r1+8];
            ld.shared.f32 %f8, [%r1+12];
            add.f32 %f1, %f1, %f8;
            bra.uni $back;
          $done:
            st.global.f32 [%rd1], %f1;
            ret;
          }
          """;

  /** No loop: 16 bytes, and 8, and 4 of the result. */
  static final String UNROLLED =
      HEADER
          + """
          .visible .entry unrolled(
            .param .u64 unrolled_param_0,
            .param .u64 unrolled_param_1
          )
          {
            .reg .f32 %f<8>;
            .reg .b32 %r<8>;
            .reg .b64 %rd<4>;
            ld.param.u64 %rd1, [unrolled_param_0];
            ld.param.u64 %rd2, [unrolled_param_1];
            ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1];
            ld.global.u32 %r1, [%rd2];
            ld.global.u32 %r2, [%rd2+4];
            fma.rn.f32 %f1, %f2, %f3, %f4;
            fma.rn.f32 %f1, %f2, %f3, %f1;
            fma.rn.f16x2 %r3, %r1, %r2, %r1;
            mov.b32 %f5, %r3;
            add.f32 %f1, %f1, %f5;
            st.global.f32 [%rd1], %f1;
            ret;
          }
          """;

  private SamplePtx() {}
}

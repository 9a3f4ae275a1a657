package dev.lowpass.codegen.tir.llvm;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.tvm.DataType;

/**
 * Rounding to bfloat16 and products of what was rounded, for processors with AVX512_BF16. TIR has neither the
 * instructions nor, for processors, the type: 32 rounded channels of one position lie side by side in the 64 bytes of
 * 16 float32, and vectors of them pass through code as such.
 */
public final class Bfloats {
  /** Channels side by side that a row of rounded samples has for one step. */
  public static final int CHANNELS = 32;

  private static final String ROUND =
      """
      declare <32 x bfloat> @llvm.x86.avx512bf16.cvtne2ps2bf16.512(<16 x float>, <16 x float>)
      declare <16 x float> @llvm.masked.load.v16f32.p0(ptr, i32, <16 x i1>, <16 x float>)

      define <16 x i1> @lowpass_lanes_below(i32 %count) alwaysinline {
        %one = insertelement <16 x i32> poison, i32 %count, i64 0
        %counts = shufflevector <16 x i32> %one, <16 x i32> poison, <16 x i32> zeroinitializer
        %mask = icmp slt <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, \
      i32 11, i32 12, i32 13, i32 14, i32 15>, %counts
        ret <16 x i1> %mask
      }

      define i32 @lowpass_round_rows(
          ptr %x, i32 %slab, i32 %pitch, i32 %rows, i32 %channels, ptr %to, i32 %between) alwaysinline {
        %slab64 = sext i32 %slab to i64
        %pitch64 = sext i32 %pitch to i64
        %between64 = sext i32 %between to i64
        %none = icmp slt i32 %rows, 1
        br i1 %none, label %end, label %steps
      steps:
        %more = icmp sgt i32 %channels, 0
        br i1 %more, label %step, label %end
      step:
        %left = phi i32 [ %channels, %steps ], [ %fewer, %stepped ]
        %first = phi ptr [ %x, %steps ], [ %first.next, %stepped ]
        %into = phi ptr [ %to, %steps ], [ %into.next, %stepped ]
        %low.mask = call <16 x i1> @lowpass_lanes_below(i32 %left)
        %beyond = sub i32 %left, 16
        %high.mask = call <16 x i1> @lowpass_lanes_below(i32 %beyond)
        br label %row
      row:
        %r = phi i32 [ 0, %step ], [ %r.next, %row ]
        %low.at = phi ptr [ %first, %step ], [ %low.next, %row ]
        %out = phi ptr [ %into, %step ], [ %out.next, %row ]
        %high.at = getelementptr float, ptr %low.at, i64 %slab64
        %low = call <16 x float> @llvm.masked.load.v16f32.p0(
            ptr %low.at, i32 4, <16 x i1> %low.mask, <16 x float> zeroinitializer)
        %high = call <16 x float> @llvm.masked.load.v16f32.p0(
            ptr %high.at, i32 4, <16 x i1> %high.mask, <16 x float> zeroinitializer)
        %both = call <32 x bfloat> @llvm.x86.avx512bf16.cvtne2ps2bf16.512(<16 x float> %high, <16 x float> %low)
        store <32 x bfloat> %both, ptr %out, align 64
        %low.next = getelementptr float, ptr %low.at, i64 %pitch64
        %out.next = getelementptr i8, ptr %out, i64 64
        %r.next = add i32 %r, 1
        %rows.done = icmp eq i32 %r.next, %rows
        br i1 %rows.done, label %stepped, label %row
      stepped:
        %fewer = sub i32 %left, 32
        %two = shl i64 %slab64, 1
        %first.next = getelementptr float, ptr %first, i64 %two
        %into.next = getelementptr float, ptr %into, i64 %between64
        %again = icmp sgt i32 %fewer, 0
        br i1 %again, label %step, label %end
      end:
        ret i32 0
      }
      """;

  private static final String DOT =
      """
      declare <16 x float> @llvm.x86.avx512bf16.dpbf16ps.512(<16 x float>, <32 x bfloat>, <32 x bfloat>)

      define <16 x float> @lowpass_dot(<16 x float> %sums, <16 x float> %samples, <16 x float> %weights) alwaysinline {
        %x = bitcast <16 x float> %samples to <32 x bfloat>
        %w = bitcast <16 x float> %weights to <32 x bfloat>
        %new = call <16 x float> @llvm.x86.avx512bf16.dpbf16ps.512(<16 x float> %sums, <32 x bfloat> %x, <32 x bfloat> %w)
        ret <16 x float> %new
      }
      """;

  private Bfloats() {}

  /** {@code body}, in which {@link #round} may stand. */
  public static Stmt rounding(Stmt body) {
    return Stmt.importing(ROUND, body);
  }

  /** {@code body}, in which {@link #dot} may stand. */
  public static Stmt multiplying(Stmt body) {
    return Stmt.importing(DOT, body);
  }

  /**
   * Rounds some rows of a slab-major map: to [step][row][32 channels]. What lies beyond {@code channels} is zero in the
   * last step, whatever the map holds there.
   *
   * @param x address of the first row of the first slab
   * @param slab elements from one slab to the next
   * @param pitch elements from one row to the next
   * @param to address of 64 bytes for each row of each step, aligned to 64 bytes
   * @param between elements of 32 bits from one step to the next
   */
  public static Stmt round(Expr x, Expr slab, Expr pitch, Expr rows, Expr channels, Expr to, Expr between) {
    return Stmt.evaluate(
        Expr.procedure("lowpass_round_rows", DataType.I32, x, slab, pitch, rows, channels, to, between));
  }

  /**
   * {@code sums} and the products of two channels each.
   *
   * @param sums 16 float32
   * @param samples 16 pairs of rounded channels
   * @param weights 16 pairs of rounded weights
   */
  public static Expr dot(Expr sums, Expr samples, Expr weights) {
    return Expr.procedure("lowpass_dot", sums.type(), sums, samples, weights);
  }
}

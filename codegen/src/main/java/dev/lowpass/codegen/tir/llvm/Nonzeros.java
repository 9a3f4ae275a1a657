package dev.lowpass.codegen.tir.llvm;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.tvm.DataType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lists which channels of a slab-major map are not zero. TIR has no operation that packs the lanes of a mask, hence the
 * piece of LLVM.
 *
 * @param machine with AVX-512 or AVX2
 */
public record Nonzeros(Machine machine) {
  private static final int LANES = Machine.SLAB;

  private static final String FUNCTION =
      """
      define i32 @NAME(ptr %map, i32 %pitch, i32 %slabs, i32 %step, ptr %list, i32 %apart) {
        %second = getelementptr i32, ptr %list, i32 %apart
        %pitch0 = insertelement <16 x i32> poison, i32 %pitch, i64 0
        %pitches = shufflevector <16 x i32> %pitch0, <16 x i32> poison, <16 x i32> zeroinitializer
        %step0 = insertelement <16 x i32> poison, i32 %step, i64 0
        %steps = shufflevector <16 x i32> %step0, <16 x i32> poison, <16 x i32> zeroinitializer
        %start = mul <16 x i32> %steps, LANES
        %strides = mul <16 x i32> %steps, SIXTEENS
        %none = icmp eq i32 %slabs, 0
        br i1 %none, label %end, label %slab
      slab:
        %x = phi ptr [ %map, %0 ], [ %next.x, %slab ]
        %samples = phi <16 x i32> [ LANES, %0 ], [ %next.samples, %slab ]
        %weights = phi <16 x i32> [ %start, %0 ], [ %next.weights, %slab ]
        %left = phi i32 [ %slabs, %0 ], [ %next.left, %slab ]
        %count = phi i64 [ 0, %0 ], [ %next.count, %slab ]
      BODY
        %next.x = getelementptr float, ptr %x, i32 %pitch
        %next.samples = add <16 x i32> %samples, %pitches
        %next.weights = add <16 x i32> %weights, %strides
        %next.left = sub i32 %left, 1
        %done = icmp eq i32 %next.left, 0
        br i1 %done, label %end, label %slab
      end:
        %all = phi i64 [ 0, %0 ], [ %next.count, %slab ]
        %result = trunc i64 %all to i32
        ret i32 %result
      }
      """;

  /** AVX-512 packs the lanes of a mask in one instruction. */
  private static final String COMPRESSING =
      """
        %bits = bitcast <16 x i1> %mask0 to i16
        %set = call i16 @llvm.ctpop.i16(i16 %bits)
        %listed = zext i16 %set to i64
        %next.count = add i64 %count, %listed
        %packed.x = call <16 x i32> @llvm.x86.avx512.mask.compress.v16i32(
            <16 x i32> %samples, <16 x i32> zeroinitializer, <16 x i1> %mask0)
        %packed.w = call <16 x i32> @llvm.x86.avx512.mask.compress.v16i32(
            <16 x i32> %weights, <16 x i32> zeroinitializer, <16 x i1> %mask0)
        %to.x = getelementptr i32, ptr %list, i64 %count
        %to.w = getelementptr i32, ptr %second, i64 %count
        store <16 x i32> %packed.x, ptr %to.x, align 4
        store <16 x i32> %packed.w, ptr %to.w, align 4
      """;

  private static final String COMPRESSING_DECLARATIONS =
      """
      declare <16 x i32> @llvm.x86.avx512.mask.compress.v16i32(<16 x i32>, <16 x i32>, <16 x i1>)
      declare i16 @llvm.ctpop.i16(i16)
      """;

  /**
   * AVX2 moves lanes to where a table says for each mask of 8: the half of the lanes that starts at {@code #}, where
   * {@code COUNT} are listed before, and {@code TOTAL} after.
   */
  private static final String PERMUTING =
      """
        %bits# = bitcast <8 x i1> %mask# to i8
        %index# = zext i8 %bits# to i64
        %entry# = getelementptr [256 x i64], ptr @lowpass_packed_lanes, i64 0, i64 %index#
        %bytes# = load <8 x i8>, ptr %entry#, align 8
        %lanes# = zext <8 x i8> %bytes# to <8 x i32>
        %samples# = shufflevector <16 x i32> %samples, <16 x i32> poison, <8 x i32> HALF
        %weights# = shufflevector <16 x i32> %weights, <16 x i32> poison, <8 x i32> HALF
        %packed.x# = call <8 x i32> @llvm.x86.avx2.permd(<8 x i32> %samples#, <8 x i32> %lanes#)
        %packed.w# = call <8 x i32> @llvm.x86.avx2.permd(<8 x i32> %weights#, <8 x i32> %lanes#)
        %to.x# = getelementptr i32, ptr %list, i64 COUNT
        %to.w# = getelementptr i32, ptr %second, i64 COUNT
        store <8 x i32> %packed.x#, ptr %to.x#, align 4
        store <8 x i32> %packed.w#, ptr %to.w#, align 4
        %set# = call i8 @llvm.ctpop.i8(i8 %bits#)
        %listed# = zext i8 %set# to i64
        TOTAL = add i64 COUNT, %listed#
      """;

  private static final String PERMUTING_DECLARATIONS =
      """
      @lowpass_packed_lanes = private unnamed_addr constant [256 x i64] [TABLE], align 64
      declare <8 x i32> @llvm.x86.avx2.permd(<8 x i32>, <8 x i32>)
      declare i8 @llvm.ctpop.i8(i8)
      """;

  /**
   * Lists the channels that are not zero in some of {@code rows} rows, in order: where their samples lie, and where their
   * weights do. Up to 16 undefined elements follow in each list. NaN is not zero; -0 is.
   *
   * @param map address of the rows of the first slab, vectors of 16 float32 one behind the other; the first list holds
   *     offsets from here
   * @param pitch elements from one slab to the next
   * @param step elements from one channel's weights to the next one's; the second list holds offsets from the first's
   * @param list address of the first list, of 32-bit integers
   * @param apart integers from the first list to the second
   * @return how many are listed
   */
  public Expr list(int rows, Expr map, Expr pitch, Expr slabs, Expr step, Expr list, Expr apart) {
    return Expr.procedure(name(rows), DataType.I32, map, pitch, slabs, step, list, apart);
  }

  /** {@code body}, in which {@link #list} may stand with any of {@code rows}. */
  public Stmt in(Collection<Integer> rows, Stmt body) {
    Stmt all = body;
    for (int count : rows) {
      all = Stmt.importing(function(count), all);
    }
    return all;
  }

  private static String name(int rows) {
    return "lowpass_nonzeros_" + rows;
  }

  private String function(int rows) {
    boolean compresses = machine.lanes() >= LANES;
    String body =
        compresses
            ? mask(rows, 0, LANES) + COMPRESSING
            : permuting(rows, 0, "%count", "%between") + permuting(rows, LANES / 2, "%between", "%next.count");
    String function =
        FUNCTION
            .replace("NAME", name(rows))
            .replace("BODY\n", body)
            .replace("LANES", vector(IntStream.range(0, LANES)))
            .replace("SIXTEENS", vector(IntStream.generate(() -> LANES).limit(LANES)));
    String declarations =
        compresses ? COMPRESSING_DECLARATIONS : PERMUTING_DECLARATIONS.replace("TABLE", packedLanes());
    return function + declarations;
  }

  private static String permuting(int rows, int first, String count, String total) {
    return mask(rows, first, LANES / 2)
        + PERMUTING
            .replace("#", String.valueOf(first))
            .replace("HALF", vector(IntStream.range(first, first + LANES / 2)))
            .replace("COUNT", count)
            .replace("TOTAL", total);
  }

  /** Which of {@code lanes} lanes from {@code first} on are not zero in some row, whatever their sign. */
  private static String mask(int rows, int first, int lanes) {
    StringBuilder text = new StringBuilder();
    String type = "<" + lanes + " x i32>";
    String any = "zeroinitializer";
    for (int row = 0; row < rows; row++) {
      String id = first + "." + row;
      text.append("  %%at%s = getelementptr i32, ptr %%x, i64 %d\n".formatted(id, row * LANES + first));
      text.append("  %%row%s = load %s, ptr %%at%s, align 4\n".formatted(id, type, id));
      text.append("  %%any%s = or %s %%row%s, %s\n".formatted(id, type, id, any));
      any = "%any" + id;
    }
    text.append("  %%unsigned%d = add %s %s, %s\n".formatted(first, type, any, any));
    text.append("  %%mask%d = icmp ne %s %%unsigned%d, zeroinitializer\n".formatted(first, type, first));
    return text.toString();
  }

  private static String vector(IntStream values) {
    return values.mapToObj(value -> "i32 " + value).collect(Collectors.joining(", ", "<", ">"));
  }

  private static String packedLanes() {
    return IntStream.range(0, 256).mapToObj(mask -> "i64 " + packedLanes(mask)).collect(Collectors.joining(", "));
  }

  /** The lanes of {@code mask}, a byte each, from the least significant byte on. */
  private static long packedLanes(int mask) {
    long lanes = 0;
    int count = 0;
    for (int lane = 0; lane < 8; lane++) {
      if ((mask >> lane & 1) == 1) {
        lanes |= (long) lane << 8 * count;
        count++;
      }
    }
    return lanes;
  }
}

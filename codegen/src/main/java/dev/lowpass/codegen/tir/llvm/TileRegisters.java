package dev.lowpass.codegen.tir.llvm;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/**
 * Products of matrices of bfloat16 in the eight tile registers of AMX, each of 16 rows of 64 bytes: {@code rowTiles} by
 * {@code vectors} tiles of 16 x 16 sums stay there while channels go by. The operating system must have given leave to use
 * them ({@link #permit}), and the worker have made them ready ({@link #ready}).
 *
 * @param rowTiles tiles of 16 rows of samples, 1 or 2
 * @param vectors vectors of 16 outputs, 1 to {@value #MOST_VECTORS}; 1 or 2 with two tiles of rows
 */
public record TileRegisters(int rowTiles, int vectors) {
  /** Rows of a tile, and outputs. */
  public static final int ROWS = 16;

  /** Outputs of one tile of rows, at most. */
  public static final int MOST_VECTORS = 6;

  private static final int REGISTERS = 8;

  private static final int ROW_BYTES = 64;

  private static final int TILE_BYTES = ROWS * ROW_BYTES;

  private static final String BEGIN =
      """
      @lowpass_tile_shapes = private unnamed_addr constant [64 x i8] c"SHAPES", align 64
      declare void @llvm.x86.ldtilecfg(ptr)
      declare void @llvm.x86.tilerelease()

      define i32 @lowpass_tiles_begin() alwaysinline {
        call void @llvm.x86.ldtilecfg(ptr @lowpass_tile_shapes)
        ret i32 0
      }

      define i32 @lowpass_tiles_end() alwaysinline {
        call void @llvm.x86.tilerelease()
        ret i32 0
      }
      """
          .replace("SHAPES", shapes());

  /** arch_prctl (158), ARCH_REQ_XCOMP_PERM (0x1023), XFEATURE_XTILE_DATA (18): see Linux, Documentation/arch/x86/xstate. */
  private static final String PERMIT =
      """
      declare i64 @syscall(i64, ...)

      define i32 @lowpass_tiles_permit() {
        %refused = call i64 (i64, ...) @syscall(i64 158, i64 4131, i64 18)
        %result = trunc i64 %refused to i32
        ret i32 %result
      }
      """;

  private static final String DECLARATIONS =
      """
      declare void @llvm.x86.tilezero(i8 immarg)
      declare void @llvm.x86.tileloadd64(i8 immarg, ptr, i64)
      declare void @llvm.x86.tilestored64(i8 immarg, ptr, i64)
      declare void @llvm.x86.tdpbf16ps(i8 immarg, i8 immarg, i8 immarg)
      """;

  public TileRegisters {
    if (!fit(rowTiles, vectors)) {
      throw new IllegalArgumentException(rowTiles + " by " + vectors + " tiles of sums leave too few for factors");
    }
  }

  /** Whether so many tiles of sums leave registers for what is multiplied. */
  public static boolean fit(int rowTiles, int vectors) {
    return rowTiles * vectors + rowTiles + 1 <= REGISTERS;
  }

  /** What {@code ldtilecfg} reads: palette 1, then 16 bits of width and 8 bits of height for each register. */
  private static String shapes() {
    String palette = "\\01" + "\\00".repeat(15);
    String widths = "\\40\\00".repeat(REGISTERS) + "\\00".repeat(2 * REGISTERS);
    String heights = "\\10".repeat(REGISTERS) + "\\00".repeat(REGISTERS);
    return palette + widths + heights;
  }

  /** Asks the operating system to let this process use tile registers, and fails where it does not. */
  public static Stmt permit() {
    Expr refused = Expr.procedure("lowpass_tiles_permit", DataType.I32);
    String message = "the operating system does not let this process use AMX; compile it for another target";
    return Stmt.importing(PERMIT, Stmt.require(refused.equalTo(0), message));
  }

  /** {@code body}, while which tile registers have their shapes, in it and in all that it calls. */
  public static Stmt ready(Stmt body) {
    Stmt begin = Stmt.evaluate(Expr.procedure("lowpass_tiles_begin", DataType.I32));
    Stmt end = Stmt.evaluate(Expr.procedure("lowpass_tiles_end", DataType.I32));
    return Stmt.importing(BEGIN, Stmt.sequence(List.of(begin, body, end)));
  }

  /** {@code body}, in which statements of objects of this class stand. */
  public static Stmt multiplying(Stmt body) {
    return Stmt.importing(DECLARATIONS, body);
  }

  /** {@code body}, in which this object's statements may stand; to be put inside {@link #multiplying}. */
  public Stmt with(Stmt body) {
    return Stmt.importing(functions(), body);
  }

  /** All sums are zero. */
  public Stmt clear() {
    return call("clear");
  }

  /**
   * Adds to the sums.
   *
   * @param samples address of rows of 64 bytes, 32 rounded channels each
   * @param pitch bytes from one row to the next
   * @param between bytes from one step of 32 channels to the next
   * @param weights address of weights as panels of so many vectors have them, step after step
   * @param steps 0 or more
   */
  public Stmt multiply(Expr samples, Expr pitch, Expr between, Expr weights, Expr steps) {
    return call("multiply", samples, pitch, between, weights, steps);
  }

  /** Writes the sums: [vector][row][16] float32. */
  public Stmt store(Expr to) {
    return call("store", to);
  }

  private Stmt call(String function, Expr... arguments) {
    return Stmt.evaluate(Expr.procedure(name(function), DataType.I32, arguments));
  }

  private String name(String function) {
    return "lowpass_tiles_%s_%dx%d".formatted(function, rowTiles, vectors);
  }

  private int sum(int row, int vector) {
    return row * vectors + vector;
  }

  private int samples(int row) {
    return rowTiles * vectors + row;
  }

  private int weights(int vector) {
    int first = rowTiles * vectors + rowTiles;
    return first + vector % (REGISTERS - first);
  }

  private String functions() {
    StringBuilder clear = new StringBuilder();
    StringBuilder store = new StringBuilder();
    for (int row = 0; row < rowTiles; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        int sum = sum(row, vector);
        clear.append("  call void @llvm.x86.tilezero(i8 %d)\n".formatted(sum));
        int at = (vector * rowTiles + row) * TILE_BYTES;
        store.append("  %%to%d = getelementptr i8, ptr %%to, i64 %d\n".formatted(sum, at));
        store.append("  call void @llvm.x86.tilestored64(i8 %d, ptr %%to%d, i64 %d)\n".formatted(sum, sum, ROW_BYTES));
      }
    }
    return """
        define i32 @CLEAR() alwaysinline {
        %s  ret i32 0
        }

        define i32 @STORE(ptr %%to) alwaysinline {
        %s  ret i32 0
        }

        define i32 @MULTIPLY(ptr %%x, i64 %%pitch, i64 %%between, ptr %%w, i32 %%steps) alwaysinline {
          %%none = icmp slt i32 %%steps, 1
          br i1 %%none, label %%end, label %%step
        step:
          %%left = phi i32 [ %%steps, %%0 ], [ %%fewer, %%step ]
          %%a = phi ptr [ %%x, %%0 ], [ %%a.next, %%step ]
          %%b = phi ptr [ %%w, %%0 ], [ %%b.next, %%step ]
        %s  %%a.next = getelementptr i8, ptr %%a, i64 %%between
          %%b.next = getelementptr i8, ptr %%b, i64 %d
          %%fewer = sub i32 %%left, 1
          %%done = icmp eq i32 %%fewer, 0
          br i1 %%done, label %%end, label %%step
        end:
          ret i32 0
        }
        """
        .formatted(clear, store, step(), vectors * TILE_BYTES)
        .replace("CLEAR", name("clear"))
        .replace("STORE", name("store"))
        .replace("MULTIPLY", name("multiply"));
  }

  /** One step of 32 channels. */
  private String step() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rowTiles; row++) {
      String base = "%a";
      if (row > 0) {
        text.append("  %%down%d = mul i64 %%pitch, %d\n".formatted(row, row * ROWS));
        text.append("  %%a%d = getelementptr i8, ptr %%a, i64 %%down%d\n".formatted(row, row));
        base = "%a" + row;
      }
      text.append("  call void @llvm.x86.tileloadd64(i8 %d, ptr %s, i64 %%pitch)\n".formatted(samples(row), base));
    }
    for (int vector = 0; vector < vectors; vector++) {
      text.append("  %%b%d = getelementptr i8, ptr %%b, i64 %d\n".formatted(vector, vector * ROW_BYTES));
      text.append(
          "  call void @llvm.x86.tileloadd64(i8 %d, ptr %%b%d, i64 %d)\n"
              .formatted(weights(vector), vector, vectors * ROW_BYTES));
      for (int row = 0; row < rowTiles; row++) {
        text.append(
            "  call void @llvm.x86.tdpbf16ps(i8 %d, i8 %d, i8 %d)\n"
                .formatted(sum(row, vector), samples(row), weights(vector)));
      }
    }
    return text.toString();
  }
}

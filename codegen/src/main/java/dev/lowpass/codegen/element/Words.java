package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/**
 * Elements in an arena of 32-bit words, which is declared as one of float32: floating-point numbers of any width as
 * float32, integers of up to 32 bits as the number in a word, of 64 bits as two words, the lower half first.
 */
public final class Words {
  private static final double TWO_TO_32 = 0x1p32;

  private Words() {}

  /** The words of a constant. */
  public static int[] of(Tensor constant) {
    int elements = Math.toIntExact(constant.shape().elements());
    return switch (constant.type().element()) {
      case F32, F64, F16, BF16 -> {
        int[] words = new int[elements];
        for (int i = 0; i < elements; i++) {
          words[i] = Float.floatToRawIntBits(constant.floats()[i]);
        }
        yield words;
      }
      case I8, U8, I16, U16, I32, U32, BOOL -> {
        int[] words = new int[elements];
        for (int i = 0; i < elements; i++) {
          words[i] = (int) constant.integers()[i];
        }
        yield words;
      }
      case I64, U64 -> {
        int[] words = new int[Math.multiplyExact(2, elements)];
        for (int i = 0; i < elements; i++) {
          words[2 * i] = (int) constant.integers()[i];
          words[2 * i + 1] = (int) (constant.integers()[i] >>> 32);
        }
        yield words;
      }
    };
  }

  /**
   * Elements of the slot that starts at word {@code start}, from its element {@code offset} on.
   *
   * @param lanes 1 for 64-bit integers
   */
  static Expr load(Buffer arena, int start, Expr offset, ElementType element, int lanes) {
    return switch (element) {
      case F32, F64, F16, BF16 -> arena.load(offset.plus(start), lanes);
      case I8, U8, I16, U16, I32, U32 ->
          arena.load(offset.plus(start), lanes).reinterpret(DataType.I32).cast(Encoded.computed(element));
      case BOOL -> arena.load(offset.plus(start), lanes).reinterpret(DataType.I32).equalTo(0).not();
      case I64, U64 -> {
        requireOne(lanes);
        Expr low = arena.load(offset.times(2).plus(start)).reinterpret(DataType.U32).cast(DataType.I64);
        Expr high = arena.load(offset.times(2).plus(start + 1)).reinterpret(DataType.I32).cast(DataType.I64);
        yield high.times(TWO_TO_32).plus(low).cast(Encoded.computed(element));
      }
    };
  }

  /** Writes {@code value}; see {@link #load}. */
  static Stmt store(Buffer arena, int start, Expr offset, ElementType element, Expr value) {
    return switch (element) {
      case F32, F64, F16, BF16 -> arena.store(offset.plus(start), value);
      case I8, U8, I16, U16, I32, U32, BOOL ->
          arena.store(offset.plus(start), value.cast(DataType.I32).reinterpret(DataType.F32));
      case I64, U64 -> {
        requireOne(value.lanes());
        Expr bits = value.cast(DataType.I64);
        Expr low = bits.cast(DataType.U32).reinterpret(DataType.F32);
        Expr high = upperHalf(bits).cast(DataType.I32).reinterpret(DataType.F32);
        Expr first = offset.times(2).plus(start);
        yield Stmt.sequence(List.of(arena.store(first, low), arena.store(first.plus(1), high)));
      }
    };
  }

  /**
   * By two shifts: for a device TVM computes in 32 bits what it knows to fit there, and has neither 2^32 to divide by nor
   * a shift by so many then.
   */
  private static Expr upperHalf(Expr bits) {
    return shifted(shifted(bits));
  }

  private static Expr shifted(Expr bits) {
    return Expr.intrinsic("tir.shift_right", DataType.I64, bits, Expr.constant(DataType.I64, 16));
  }

  private static void requireOne(int lanes) {
    if (lanes != 1) {
      throw new IllegalArgumentException("a vector of " + lanes + " integers of 64 bits, which lie in pairs of words");
    }
  }
}

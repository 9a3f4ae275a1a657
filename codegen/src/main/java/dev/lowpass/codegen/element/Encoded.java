package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.math.HalfPrecision;
import dev.lowpass.ir.ElementType;
import dev.lowpass.runtime.tvm.DataType;

/** Elements of inputs and outputs, which lie in memory as their type says, and the types in which code computes. */
public final class Encoded {
  private Encoded() {}

  /** What an array of {@code element} is to code: numbers of half the width are bits, truth values bytes. */
  public static DataType inArguments(ElementType element) {
    return switch (element) {
      case F32 -> DataType.F32;
      case F64 -> DataType.F64;
      case F16, BF16, U16 -> DataType.U16;
      case I8 -> DataType.I8;
      case U8, BOOL -> DataType.U8;
      case I16 -> DataType.I16;
      case I32 -> DataType.I32;
      case U32 -> DataType.U32;
      case I64 -> DataType.I64;
      case U64 -> DataType.U64;
    };
  }

  /** The type of an expression that is an element: float32 for all that have fractions. */
  public static DataType computed(ElementType element) {
    return switch (element) {
      case F32, F64, F16, BF16 -> DataType.F32;
      case BOOL -> DataType.BOOL;
      case I8, U8, I16, U16, I32, U32, I64, U64 -> inArguments(element);
    };
  }

  /** {@code lanes} neighbouring elements of {@code array} from {@code offset} on. */
  static Expr load(Buffer array, Expr offset, ElementType element, int lanes) {
    Expr stored = array.load(offset, lanes);
    return switch (element) {
      case F32, I8, U8, I16, U16, I32, U32, I64, U64 -> stored;
      case F64 -> stored.cast(DataType.F32);
      case F16 -> HalfPrecision.fromHalf(stored);
      case BF16 -> HalfPrecision.fromBfloat(stored);
      case BOOL -> stored.equalTo(0).not();
    };
  }

  /** Writes {@code value}; see {@link #load}. */
  static Stmt store(Buffer array, Expr offset, ElementType element, Expr value) {
    return array.store(
        offset,
        switch (element) {
          case F32, I8, U8, I16, U16, I32, U32, I64, U64 -> value;
          case F64 -> value.cast(DataType.F64);
          case F16 -> HalfPrecision.toHalf(value);
          case BF16 -> HalfPrecision.toBfloat(value);
          case BOOL -> value.cast(DataType.U8);
        });
  }
}

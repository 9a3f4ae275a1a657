package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.List;
import java.util.Map;

/** Constructors of TIR nodes in the shapes of TVM 0.18; a null last argument is a source span that nobody has. */
public final class Tir {
  private Tir() {}

  static TvmObject integer(DataType type, long value) {
    return Tvm.object("ir.IntImm", type.toString(), value, null);
  }

  public static TvmObject truth(boolean value) {
    return integer(DataType.BOOL, value ? 1 : 0);
  }

  static TvmObject call(DataType type, String operator, List<?> arguments) {
    return Tvm.object("tir.Call", type.toString(), Tvm.object("ir.GetOp", operator), Tvm.array(arguments), null);
  }

  static TvmObject primitive(DataType type) {
    return Tvm.object("ir.PrimType", type.toString());
  }

  static TvmObject variable(String name, Object type) {
    return Tvm.object("tir.Var", name, type, null);
  }

  static TvmObject pointer(String name, DataType element, Scope scope) {
    return variable(name, Tvm.object("ir.PointerType", primitive(element), scope.tvmName()));
  }

  /** Its range is that of the loop which it stands for. */
  static TvmObject iterationVariable(TvmObject variable, int kind, String threadTag) {
    return Tvm.object("tir.IterVar", null, variable, kind, threadTag, null);
  }

  public static TvmObject module(Map<TvmObject, TvmObject> functions) {
    return Tvm.object("ir.IRModule", functions, Tvm.map(Map.of()), null, Tvm.map(Map.of()));
  }

  static TvmObject withAttribute(TvmObject function, String key, Object value) {
    return Tvm.object("ir.BaseFuncWithAttr", function, key, value instanceof String text ? Tvm.string(text) : value);
  }
}

package dev.lowpass.codegen.build;

import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.List;

/**
 * TVM's passes that lower a kernel, in order. Its own list has more than twice as many: what it has for blocks, pipelines,
 * textures and virtual threads, none of which a kernel here contains, and six rounds of simplification, in which two
 * thirds of lowering went. Compacting buffers is left out for another reason too: it makes a shared buffer as small as
 * what it sees of its uses.
 */
final class Lowering {
  private Lowering() {}

  private static List<TvmObject> passes() {
    return List.of(
        // One variable for what is bound to the same index of threads.
        pass("UnifyThreadBinding"),
        // A loop over threads is a launch of them from here on.
        pass("LowerOpaqueBlock"),
        // A buffer of truth values is one of bytes from here on.
        pass("FlattenBuffer"),
        pass("BF16ComputeLegalize"),
        pass("NarrowDataType", Integer.SIZE),
        pass("Simplify"),
        pass("VectorizeLoop", true),
        // What is emitted twice may define a variable twice; the passes below take it for one.
        pass("ConvertSSA"),
        pass("StorageRewrite"),
        // Ends in a simplification of its own.
        pass("HoistIfThenElse"),
        pass("UnrollLoop"),
        pass("RenormalizeSplitPattern"),
        pass("Simplify"),
        pass("RemoveNoOp"),
        pass("RewriteUnsafeSelect"));
  }

  private static TvmObject pass(String name, Object... arguments) {
    return Tvm.object("tir.transform." + name, arguments);
  }

  /** The lowered form of all {@code functions}. */
  static TvmObject of(TvmObject functions) {
    List<TvmObject> passes = passes();
    try (TvmObject sequence = Tvm.object("transform.Sequential", passes, 0, "lower", List.of(), false)) {
      return Tvm.object("transform.RunPass", sequence, functions);
    } finally {
      passes.forEach(TvmObject::close);
    }
  }
}

package dev.lowpass.codegen.tir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** References to TVM's objects are given back: by close, and by every call that only borrowed them. */
class ReferenceCountTest {
  private static long references(TvmObject object) {
    return (Long) Tvm.call("testing.object_use_count", object);
  }

  @Test
  void closingGivesUpTheReference() {
    TvmObject leaf = Expr.i32(5).node();
    long alone = references(leaf);
    TvmObject array = Tvm.array(List.of(leaf, leaf));
    assertThat(references(leaf)).isEqualTo(alone + 2);
    array.close();
    assertThat(references(leaf)).isEqualTo(alone);
    array.close();
    assertThat(references(leaf)).isEqualTo(alone);
  }

  @Test
  void callsOnlyBorrow() {
    Var leaf = Var.i32("leaf");
    long alone = references(leaf.node());
    for (int i = 0; i < 1000; i++) {
      leaf.plus(leaf).node().close();
      Tvm.call("node.NodeGetAttr", leaf.node(), "name");
    }
    assertThat(references(leaf.node())).isEqualTo(alone);
  }
}

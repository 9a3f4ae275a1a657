package dev.lowpass.runtime.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.runtime.ChildJvm;
import dev.lowpass.runtime.RectifyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassLoadersTest {
  @TempDir
  Path folder;

  @BeforeAll
  static void assumeProcessor() {
    RectifyModel.load().close();
  }

  @Test
  void programsRunBesideEachOtherAndOneAfterTheOther() throws Exception {
    // Java's own caches are softly reachable: they go when memory is short, which here it always is.
    ChildJvm.End end =
        ChildJvm.in(folder)
            .with("-XX:SoftRefLRUPolicyMSPerMB=0", "--enable-native-access=ALL-UNNAMED")
            .run(Tenants.class, System.getProperty("java.class.path"));
    assertThat(end.err()).isEmpty();
    assertThat(end.out().lines())
        .containsExactly("two beside each other", "the first is gone", "a third", "the second still", "this one as well");
    assertThat(end.code()).isZero();
  }
}

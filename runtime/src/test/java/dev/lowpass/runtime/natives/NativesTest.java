package dev.lowpass.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.runtime.tvm.Tvm;
import org.junit.jupiter.api.Test;

class NativesTest {
  @Test
  void theRuntimesOwnSetRunsArtifactsAndHoldsNoCompiler() {
    Natives natives = Natives.load();
    assertThat(natives.name()).isEqualTo("runtime");
    assertThat(natives).isSameAs(Natives.load());
    assertThat(Tvm.hasFunction("runtime.ModuleLoadFromFile")).isTrue();
    assertThat(Tvm.hasFunction("driver.lower_module")).isFalse();
  }
}

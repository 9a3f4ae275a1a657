package dev.lowpass.codegen.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.artifact.Processor;
import org.junit.jupiter.api.Test;

/** What a user may name, and what this machine runs of it. */
class BackendsTest {
  @Test
  void eachIsFoundByTheNameThatIsRecorded() {
    for (Backend backend : Backends.all()) {
      assertThat(Backends.names()).contains(backend.name());
      assertThat(Backends.parse(backend.name())).isEqualTo(backend);
      assertThat(backend.target().name()).isEqualTo(backend.name());
    }
    assertThat(Backends.names()).doesNotHaveDuplicates();
  }

  @Test
  void cpuIsTheMostDemandingThatRunsHere() {
    Backend own = Backends.parse("cpu");
    assertThat(own).isEqualTo(Backends.ofThisProcessor().orElseThrow());
    for (Backend backend : Backends.all()) {
      if (backend instanceof CpuBackend processor && processor.presence() instanceof Presence.Here) {
        assertThat(own.host().requiredFlags()).containsAll(processor.host().requiredFlags());
      }
    }
  }

  @Test
  void aProcessorIsHereIfItHasAllFeatures() {
    for (Backend backend : Backends.all()) {
      if (backend instanceof CpuBackend processor) {
        boolean hasAll = Processor.features().containsAll(processor.host().requiredFlags());
        assertThat(processor.presence() instanceof Presence.Here).isEqualTo(hasAll);
      }
    }
  }

  @Test
  void whatCannotBeBuiltIsRefusedWithTheReason() {
    assertThat(Backends.names()).doesNotContain("cpu:x86-64-v2");
    assertThatThrownBy(() -> Backends.parse("cpu:x86-64-v2"))
        .hasMessageStartingWith("LP4010 cpu:x86-64-v2: ")
        .hasMessageContaining("fused multiply-add");
  }
}

package dev.lowpass.codegen.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.RoundingUnit;
import dev.lowpass.runtime.artifact.Processor;
import java.util.List;
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
        // What is there for bfloat16 alone is asked for with the precision.
        boolean isOfOtherPrecision = processor.host().rounding().isPresent();
        assertThat(own.host().requiredFlags().containsAll(processor.host().requiredFlags()) || isOfOtherPrecision)
            .as(processor.name())
            .isTrue();
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

  @Test
  void precisionsAreThoseOfTheTarget() {
    for (String able : List.of("cpu:x86-64-v4+bf16", "cpu:x86-64-v4+amx", "cuda:sm_80")) {
      Backend backend = Backends.parse(able, Precision.BFLOAT16);
      assertThat(backend.name()).isEqualTo(able);
      assertThat(backend.machine().unit()).isNotEqualTo(RoundingUnit.NONE);
      assertThat(Backends.parse(able).machine().unit()).isEqualTo(RoundingUnit.NONE);
    }
    for (Precision precision : List.of(Precision.TF32, Precision.FLOAT16)) {
      assertThat(Backends.parse("cuda", precision).machine().precision()).isEqualTo(precision);
      for (String unable : List.of("cpu", "cpu:x86-64-v4+amx", "opencl")) {
        assertThatThrownBy(() -> Backends.parse(unable, precision))
            .hasMessage(
                "LP4029 %s: has no instructions for products in %s; cuda:sm_80, cuda:sm_90 have", unable, precision);
      }
    }
    for (String unable : List.of("cpu:x86-64-v3", "cpu:x86-64-v4", "opencl")) {
      assertThat(Backends.rounding(unable)).isEmpty();
      assertThatThrownBy(() -> Backends.parse(unable, Precision.BFLOAT16))
          .hasMessageContainingAll("LP4029", unable, "has no instructions for products in bf16")
          .hasMessageContaining("cpu:x86-64-v4+bf16, cpu:x86-64-v4+amx, cuda:sm_80, cuda:sm_90 have");
    }
  }
}

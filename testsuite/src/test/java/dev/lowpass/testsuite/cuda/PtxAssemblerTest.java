package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PTX that is right and PTX that is not. */
class PtxAssemblerTest {
  @ParameterizedTest
  @ValueSource(strings = {"sm_80", "sm_90"})
  void kernelsAreReportedInTheirOrder(String gpu) {
    String second = SamplePtx.UNROLLED.substring(SamplePtx.UNROLLED.indexOf(".visible"));
    List<KernelReport> reports = PtxAssembler.assemble(SamplePtx.NESTED + second, gpu);
    assertThat(reports).extracting(KernelReport::kernel).containsExactly("nested", "unrolled");
    assertThat(reports).extracting(KernelReport::sharedBytes).containsExactly(2048, 0);
    assertThat(reports).allSatisfy(report -> assertThat(report.registers()).isBetween(4, 64));
    assertThat(reports).allSatisfy(report -> assertThat(report.spills() + report.stackBytes()).isZero());
  }

  @Test
  void errorsSayTheirLines() {
    String wrong = SamplePtx.UNROLLED.replace("add.f32", "add.f33");
    int line = (int) wrong.substring(0, wrong.indexOf("add.f33")).lines().count();
    assertThatThrownBy(() -> PtxAssembler.assemble(wrong, "sm_80"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line " + line)
        .hasMessageContaining("f33");
  }

  @Test
  void whatTheGpuDoesNotHaveIsAnError() {
    String newer = SamplePtx.UNROLLED.replace("target sm_80", "target sm_90");
    assertThatThrownBy(() -> PtxAssembler.assemble(newer, "sm_80")).isInstanceOf(IllegalArgumentException.class);
  }

  /** Registers that a limit leaves no room for: a kernel that keeps 80 numbers with 24 registers allowed. */
  @Test
  void spillsAreSeen() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      body.append("ld.volatile.global.f32 %f").append(i).append(", [%rd1];\n");
    }
    for (int i = 0; i < 80; i++) {
      body.append("st.volatile.global.f32 [%rd1], %f").append(i).append(";\n");
    }
    String ptx =
        """
        .version 7.8
        .target sm_80
        .address_size 64
        .visible .entry many(.param .u64 p)
        .maxnreg 24
        {
        .reg .f32 %f<80>;
        .reg .b64 %rd<2>;
        ld.param.u64 %rd1, [p];
        """
            + body
            + "ret;\n}\n";
    KernelReport report = PtxAssembler.assemble(ptx, "sm_80").getFirst();
    assertThat(report.registers()).isLessThanOrEqualTo(24);
    assertThat(report.spills()).isPositive();
    assertThat(report.stackBytes()).isPositive();
  }
}

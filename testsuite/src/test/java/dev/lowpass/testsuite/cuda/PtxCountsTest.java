package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.testsuite.cuda.PtxCounts.Traffic;
import dev.lowpass.testsuite.cuda.PtxInstruction.Space;
import dev.lowpass.testsuite.cuda.PtxInstruction.Transfer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of texts that can be counted by hand. */
class PtxCountsTest {
  /** The block that the loop jumps out to and back from belongs to it, wherever it stands. */
  @Test
  void theInnermostLoopThatDoesTheWorkIsFound() {
    PtxCounts hot = PtxCounts.of(SamplePtx.NESTED).get("nested").hot();
    assertThat(hot.macs()).isEqualTo(2);
    assertThat(hot.loads().get(Space.SHARED)).isEqualTo(new Traffic(4, 16, 0));
    assertThat(hot.loads().get(Space.GLOBAL)).isEqualTo(new Traffic(0, 0, 0));
    assertThat(hot.ratios()).isEqualTo(new LoadRatios(2, 0, 0));
  }

  /** The loop inside runs 64 times, as its code says; how often the one around it does, only the device knows. */
  @Test
  void whatRunsOftenCountsOften() {
    PtxCounts run = PtxCounts.of(SamplePtx.NESTED).get("nested").run();
    assertThat(run.macs()).isEqualTo(8 * (4 + 64 * 2));
    assertThat(run.loads().get(Space.SHARED)).isEqualTo(new Traffic(8 * 64 * 4, 8 * 64 * 16, 0));
    assertThat(run.loads().get(Space.GLOBAL)).isEqualTo(new Traffic(8, 8 * 16, 8 * 16));
    assertThat(run.stores().get(Space.GLOBAL)).isEqualTo(new Traffic(1, 4, 0));
  }

  /** The ways in which compilers write the end of a loop; {@code %r3} begins with 0, and may be copied from {@code %r5}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add.s32 %r3, %r3, 16; | setp.lt.s32 %p1, %r3, 240; | 15",
        "add.s32 %r3, %r3, 16; | setp.lt.u32 %p1, %r3, 241; | 16",
        "add.s32 %r3, %r3, 16; | setp.ne.s32 %p1, %r3, 240; | 15",
        "add.s32 %r3, %r3, -1; | setp.ne.s32 %p1, %r3, -7; | 7",
        "add.s32 %r3, %r3, 1; | setp.le.s32 %p1, %r3, 6; | 7",
        "add.s32 %r5, %r3, 2; | setp.lt.s32 %p1, %r5, 6; mov.u32 %r3, %r5; | 3",
        "add.s32 %r5, %r3, 2; | setp.lt.s32 %p1, %r3, 6; mov.u32 %r3, %r5; | 4",
        "add.s32 %r3, %r3, %r4; | setp.lt.s32 %p1, %r3, 240; | 8",
        "add.s32 %r3, %r3, 1; | setp.lt.s32 %p1, %r3, %r4; | 8"
      })
  void turnsOfLoops(String addition, String compare, int turns) {
    String ptx =
        SamplePtx.NESTED
            .replace("add.s32 %r3, %r3, 1;", addition)
            .replace("setp.lt.s32 %p1, %r3, 64;", compare);
    assertThat(PtxCounts.of(ptx).get("nested").run().macs()).isEqualTo(8L * (4 + turns * 2));
  }

  @Test
  void theWholeKernelHasAllOfIt() {
    PtxCounts whole = PtxCounts.of(SamplePtx.NESTED).get("nested").whole();
    assertThat(whole.macs()).isEqualTo(6);
    assertThat(whole.loads().get(Space.GLOBAL)).isEqualTo(new Traffic(1, 16, 16));
    assertThat(whole.stores().get(Space.SHARED)).isEqualTo(new Traffic(1, 16, 16));
    assertThat(whole.stores().get(Space.GLOBAL)).isEqualTo(new Traffic(1, 4, 0));
    assertThat(whole.ratios().vectorShare()).isEqualTo(0.5);
  }

  /** A loop that only moves things is not where the work is, though it is innermost. */
  @Test
  void theLoopAroundOneThatMovesIsHot() {
    String moving =
        SamplePtx.NESTED
            .replace("fma.rn.f32 %f1, %f2, %f3, %f1;", "mov.f32 %f1, %f2;")
            .replace("fma.rn.f32 %f1, %f3, %f3, %f1;", "mov.f32 %f1, %f3;");
    PtxCounts hot = PtxCounts.of(moving).get("nested").hot();
    assertThat(hot.macs()).isEqualTo(4);
    assertThat(hot.loads().get(Space.GLOBAL).instructions()).isEqualTo(1);
    assertThat(hot.loads().get(Space.SHARED).instructions()).isEqualTo(4);
  }

  @Test
  void whatIsUnrolledIsTakenAsAWhole() {
    PtxCounts.OfKernel counts = PtxCounts.of(SamplePtx.UNROLLED).get("unrolled");
    assertThat(counts.hot()).isEqualTo(counts.whole());
    assertThat(counts.hot().macs()).isEqualTo(4);
    LoadRatios ratios = counts.hot().ratios();
    assertThat(ratios.globalPerMac()).isEqualTo(0.75);
    assertThat(ratios.vectorShare()).isCloseTo(16 / 24d, within(1e-9));
  }

  @Test
  void kernelsAreCountedEachForItself() {
    String second = SamplePtx.UNROLLED.substring(SamplePtx.UNROLLED.indexOf(".visible"));
    assertThat(PtxCounts.of(SamplePtx.NESTED + second).sequencedKeySet()).containsExactly("nested", "unrolled");
  }

  @Test
  void branchesToNowhereAreAnError() {
    assertThatThrownBy(() -> PtxCounts.of(SamplePtx.NESTED.replace("$rare:", "$other:")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$rare");
  }

  @ParameterizedTest
  @CsvSource({
    "fma.rn.f32, 1",
    "fma.rn.ftz.f32, 1",
    "fma.rn.f16, 1",
    "fma.rn.f16x2, 2",
    "fma.rn.f32x2, 2",
    "mad.rn.f32, 1",
    "mad.lo.s32, 0",
    "mad.wide.u32, 0",
    "mul.f32, 0",
    "dp4a.s32.s32, 4",
    "wmma.mma.sync.aligned.row.row.m16n16k16.f32.f32, 128",
    "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32, 64",
    "wmma.load.a.sync.aligned.row.m16n16k16.shared.f16, 0",
    "wgmma.mma_async.sync.aligned.m64n128k16.f32.f16.f16, 1024"
  })
  void multiplyAddsOfAWorkItem(String opcode, int macs) {
    assertThat(new PtxInstruction(false, opcode, "").macs()).isEqualTo(macs);
  }

  @ParameterizedTest
  @CsvSource({
    "ld.global.f32, true, GLOBAL, 4",
    "ld.global.nc.L1::evict_last.v4.f32, true, GLOBAL, 16",
    "ld.volatile.global.u8, true, GLOBAL, 1",
    "ld.global.v4.b16, true, GLOBAL, 8",
    "ld.shared::cta.v2.b64, true, SHARED, 16",
    "ld.local.f32, true, LOCAL, 4",
    "ld.f32, true, GLOBAL, 4",
    "st.shared.v2.f32, false, SHARED, 8",
    "st.global.b16, false, GLOBAL, 2",
    "ldmatrix.sync.aligned.m8n8.x4.shared.b16, true, SHARED, 16",
    "wmma.load.a.sync.aligned.row.m16n16k16.shared.f16, true, SHARED, 16",
    "wmma.load.b.sync.aligned.row.m16n16k8.global.tf32, true, GLOBAL, 16",
    "wmma.store.d.sync.aligned.row.m16n16k16.shared.f32, false, SHARED, 32"
  })
  void bytesOfAWorkItem(String opcode, boolean isLoad, Space space, int bytes) {
    assertThat(new PtxInstruction(false, opcode, "").transfers()).containsExactly(new Transfer(isLoad, space, bytes));
  }

  @ParameterizedTest
  @CsvSource({"ld.param.u64", "ld.const.f32", "mov.f32", "cp.async.commit_group", "bar.sync"})
  void whatMovesNothing(String opcode) {
    assertThat(new PtxInstruction(false, opcode, "").transfers()).isEmpty();
  }

  @Test
  void copiesPastRegistersAreALoadAndAStore() {
    PtxInstruction copy = new PtxInstruction(false, "cp.async.cg.shared.global", "[%r1], [%rd2+32], 16");
    assertThat(copy.transfers())
        .isEqualTo(List.of(new Transfer(true, Space.GLOBAL, 16), new Transfer(false, Space.SHARED, 16)));
  }
}

package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.backend.CudaBackend;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.testsuite.cuda.PtxCounts.Traffic;
import dev.lowpass.testsuite.cuda.PtxInstruction.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lawful kernel, and what becomes of it when it is made a little worse. */
class KernelLawTest {
  private static final LaunchFacts PRODUCT = product();

  private static LaunchFacts product() {
    Plan plan =
        CudaBackend.USUAL.plan(
            IrText.parse(
                """
                graph @one(%x: f32[1, 64, 56, 56]) -> (%b) {
                  %w = constant f32[64, 64] random(seed = 1)
                  %a = pointwise %x, %w
                  %b = pointwise %a, %w
                }
                """,
                "one.ir"));
    Library library = CudaBackend.USUAL.emit(plan, List.of(), new Parameters());
    Sections sections = CudaBackend.USUAL.build(library, Limits.usual(), _ -> {});
    return LaunchFacts.of(new CompiledPlan(CudaBackend.USUAL, plan, 1, library, sections)).stream()
        .filter(facts -> facts.kind() == KernelKind.PRODUCT)
        .findFirst()
        .orElseThrow();
  }

  private static LaunchFacts with(KernelReport report) {
    Map<Multiprocessor, KernelReport> reports = new LinkedHashMap<>(PRODUCT.reports());
    reports.put(Multiprocessor.SM_90, report);
    return new LaunchFacts(PRODUCT.step(), PRODUCT.launch(), reports, PRODUCT.counts());
  }

  /** With so many more loads of a word from {@code space}. */
  private static PtxCounts with(PtxCounts counts, Space space, long loads) {
    Map<Space, Traffic> all = new LinkedHashMap<>(counts.loads());
    all.computeIfPresent(
        space, (_, old) -> new Traffic(old.instructions() + loads, old.bytes() + 4 * loads, old.wideBytes()));
    return new PtxCounts(counts.macs(), all, counts.stores());
  }

  private static LaunchFacts with(PtxCounts.OfKernel counts) {
    return new LaunchFacts(PRODUCT.step(), PRODUCT.launch(), PRODUCT.reports(), counts);
  }

  private static void assertBroken(KernelLaw law, LaunchFacts facts, String breach) {
    assertThat(law.breaches(facts)).anySatisfy(found -> assertThat(found).contains(breach));
  }

  @ParameterizedTest
  @EnumSource
  void theKernelIsLawful(KernelLaw law) {
    assertThat(law.breaches(PRODUCT)).isEmpty();
  }

  @Test
  void spillsAreABreach() {
    KernelReport report = PRODUCT.report(Multiprocessor.SM_90);
    String kernel = report.kernel();
    assertBroken(
        KernelLaw.NOTHING_IS_SPILLED,
        with(new KernelReport(kernel, report.registers(), 8, 16, report.sharedBytes())),
        "SM_90: 16 bytes spilled, 8 of stack");
    PtxCounts.OfKernel counts = PRODUCT.counts();
    assertBroken(
        KernelLaw.NOTHING_IS_SPILLED,
        with(new PtxCounts.OfKernel(with(counts.whole(), Space.LOCAL, 3), counts.hot(), counts.run())),
        "3 loads and stores of local memory");
  }

  @Test
  void tooManyRegistersAreABreach() {
    KernelReport report = PRODUCT.report(Multiprocessor.SM_90);
    LaunchFacts crowded = with(new KernelReport(report.kernel(), 255, 0, 0, report.sharedBytes()));
    assertBroken(KernelLaw.WARPS_ARE_MANY, crowded, "of the warps of SM_90, at least");
  }

  @Test
  void tooMuchSharedMemoryIsABreach() {
    KernelReport report = PRODUCT.report(Multiprocessor.SM_90);
    LaunchFacts large = with(new KernelReport(report.kernel(), report.registers(), 0, 0, 50_000));
    assertBroken(KernelLaw.LAUNCHES_FIT, large, "SM_90 has no room for a group");
  }

  @Test
  void tooManyLoadsAreABreach() {
    PtxCounts.OfKernel counts = PRODUCT.counts();
    PtxCounts hot = with(counts.hot(), Space.SHARED, counts.hot().macs());
    assertBroken(
        KernelLaw.SHARED_LOADS_ARE_FEW,
        with(new PtxCounts.OfKernel(counts.whole(), hot, counts.run())),
        "shared loads a multiply-add, at most 0.50");
    PtxCounts run = with(counts.run(), Space.GLOBAL, counts.run().macs());
    LaunchFacts loading = with(new PtxCounts.OfKernel(counts.whole(), counts.hot(), run));
    assertBroken(KernelLaw.GLOBAL_LOADS_ARE_FEW, loading, "global loads a multiply-add, at most 0.10");
    assertBroken(KernelLaw.LOADS_ARE_VECTORS, loading, "of the bytes by vectors, at least 0.90");
  }
}

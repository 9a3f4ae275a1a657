package dev.lowpass.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.cli.profile.MeasuredSteps;
import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.artifact.PlanSummary;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepRowsTest {
  private static CompilationReport report(PlanSummary plan) {
    return new CompilationReport(
        List.of(new Report.Decision("a", "both", 8, 0.5, 0.5, 2, 1, "low-passed is faster")),
        List.of(new CompilationReport.StepChoice("b [product] 2 -> 3", "rows=4", Optional.of("rows=6"))),
        new Report.Prediction("a machine", 2, 1),
        new CompilationReport.PricesUsed("nobody", Map.of()),
        64,
        List.of(),
        "",
        plan);
  }

  private static List<Row> rows(List<String> names, PlanSummary plan, Optional<MeasuredSteps> measured) {
    CompilationReport report = report(plan);
    LayersSection layers = LayersSection.of("layers", "l", report.layers(), Map.of());
    return StepRows.of(names, report, layers, measured).rows();
  }

  @Test
  void aStepReadsWhatEarlierOnesWroteAndSaysWhatWasChosen() {
    PlanSummary plan =
        new PlanSummary(
            List.of(
                new PlanSummary.StepLine("dct", "1 -> 2", 0, List.of("x"), "v"),
                new PlanSummary.StepLine("product", "2 -> 3", 2_000_000, List.of("v", "x"), "y")),
            List.of(new PlanSummary.PlacedValue("v", true, 0, 64, 0, 1)));
    Profile profile =
        new Profile(List.of(new Profile.Step("a [dct]", 1, List.of()), new Profile.Step("b [product]", 4, List.of())));
    List<Row> rows =
        rows(List.of("a [dct]", "b [product]"), plan, Optional.of(new MeasuredSteps("m", "", profile)));
    assertThat(rows).extracting(Row::reads).containsExactly(List.of(), List.of(0));
    assertThat(rows).extracting(Row::frequency).containsExactly(true, false);
    assertThat(rows.getFirst().facts().getFirst()).contains("low-passed", "href=\"#l0\"");
    assertThat(String.join("", rows.getLast().facts())).contains("rows=4", "rows=6", "500.0 thousand million a second");
    assertThat(rows.getLast().aside()).contains("width:100.0%", "4.0 us");
  }

  /** Names come from artifacts of anybody. */
  @Test
  void stepsAreShownByNameWhereThereIsNoMore() {
    List<Row> rows = rows(List.of("a + c [depthwise]", "b [", "", "[x]"), PlanSummary.UNKNOWN, Optional.empty());
    assertThat(rows).extracting(Row::title).containsExactly("a + c", "b", "", "[x]");
    assertThat(rows).extracting(Row::kind).containsExactly("depthwise", "", "step", "step");
    assertThat(rows.getFirst().facts()).hasSize(1);
  }
}

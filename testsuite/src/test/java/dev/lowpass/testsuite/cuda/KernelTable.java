package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The launches of a model as a table of a document.
 *
 * @param title of its section
 */
record KernelTable(String title, List<LaunchFacts> launches) {
  /** The GPU of the table: the newer one, for which people measure. */
  private static final Multiprocessor PROCESSOR = Multiprocessor.SM_90;

  static final List<String> COLUMNS =
      List.of("step", "kind", "groups", "items", "registers", "shared", "occupancy", "shared loads", "global loads", "by vectors");

  /** The section, without an end of line at its end. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("## " + title);
    lines.add("");
    lines.add(row(COLUMNS));
    lines.add("|---|---|" + "---:|".repeat(COLUMNS.size() - 2));
    launches.forEach(launch -> lines.add(row(cells(launch))));
    return String.join("\n", lines);
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static List<String> cells(LaunchFacts facts) {
    KernelReport report = facts.report(PROCESSOR);
    LoadRatios loads = facts.loads();
    return List.of(
        facts.step().name().replace("|", "\\|"),
        facts.step().kind(),
        extent(facts.launch().groups()),
        extent(facts.launch().items()),
        String.valueOf(report.registers()),
        String.valueOf(report.sharedBytes()),
        percent(facts.occupancy(PROCESSOR).share()),
        number(loads.sharedPerMac()),
        number(loads.globalPerMac()),
        percent(loads.vectorShare()));
  }

  /** Without the axes of one at its end. */
  private static String extent(Extent extent) {
    return extent.toString().replaceAll("(x1)+$", "");
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : Math.round(100 * share) + " %";
  }

  /** Nothing where there are no multiply-adds. */
  private static String number(double ratio) {
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "";
  }
}

package dev.lowpass.cli.page;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.runtime.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where a measured inference spends its time.
 *
 * @param label of what was measured, as text
 * @param prefix of the steps' anchors
 */
record TimesSection(String id, String label, Profile profile, String prefix) {
  Section section() {
    String lead =
        "%s in all steps of <code>%s</code>, each measured as a call of its own.%s"
            .formatted(
                Quantity.microseconds(profile.microseconds()),
                Html.escaped(label),
                profile.hasShares()
                    ? " Uneven shares of workers cost " + Quantity.microseconds(profile.lost()) + " of them."
                    : "");
    return new Section(id, "Kernel times", lead, strip() + "\n" + longestFirst());
  }

  private double part(Profile.Step step) {
    return step.microseconds() / Math.max(profile.microseconds(), Double.MIN_NORMAL);
  }

  private String strip() {
    List<String> segments = new ArrayList<>();
    for (int i = 0; i < profile.steps().size(); i++) {
      Profile.Step step = profile.steps().get(i);
      String tip =
          "%d %s: %s, %s"
              .formatted(i, step.name(), Quantity.microseconds(step.microseconds()), Quantity.percent(part(step)));
      segments.add(
          String.format(
              Locale.ROOT,
              "<a class=\"segment %s\" style=\"flex-grow:%.4f\" href=\"#%s%d\" data-find data-tip=\"%s\""
                  + " aria-label=\"%s\"></a>",
              StepForm.of(step.name()).style(),
              Math.max(part(step), 0.0002) * 100,
              prefix,
              i,
              Html.escaped(tip),
              Html.escaped(tip)));
    }
    return """
        <figure class="times" data-tips>
        <div class="strip" role="group" aria-label="Steps by time" data-arrows data-roving>
        %s
        </div>
        <figcaption><span class="legend">%s</span></figcaption>
        <output class="tip">Point at a part, or move there with the arrow keys.</output>
        </figure>"""
        .formatted(String.join("\n", segments), legend());
  }

  private String legend() {
    List<String> sums = new ArrayList<>();
    for (StepForm form : StepForm.values()) {
      double time =
          profile.steps().stream()
              .filter(step -> StepForm.of(step.name()) == form)
              .mapToDouble(Profile.Step::microseconds)
              .sum();
      sums.add("<i class=\"%s\"></i>%s %s".formatted(form.style(), form.words(), Quantity.microseconds(time)));
    }
    return String.join(" ", sums);
  }

  private String longestFirst() {
    double longest = profile.steps().stream().mapToDouble(Profile.Step::microseconds).max().orElse(1);
    List<String> rows =
        IntStream.range(0, profile.steps().size())
            .boxed()
            .sorted(Comparator.comparing(i -> -profile.steps().get(i).microseconds()))
            .map(i -> row(i, profile.steps().get(i), longest))
            .toList();
    return """
        <details class="more" open><summary>Longest first</summary><div class="list ranked" data-arrows>
        %s
        </div></details>"""
        .formatted(String.join("\n", rows));
  }

  private String row(int index, Profile.Step step, double longest) {
    String shares = step.shares().isEmpty() ? "" : " imbalance " + Quantity.ratio(step.imbalance());
    return """
        <a class="rank" data-find href="#%s%d"><span class="title">%s</span>%s\
        <span class="aside">%s, %s%s</span></a>"""
        .formatted(
            prefix,
            index,
            Html.code(step.name()),
            Html.bar(StepForm.of(step.name()).style(), step.microseconds() / longest),
            Quantity.microseconds(step.microseconds()),
            Quantity.percent(part(step)),
            shares);
  }
}

package dev.lowpass.passes.pass;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Passes in the order in which they run. Written {@code fold-constants,wrap-pointwise{block=7x7,order=zigzag}}, and
 * prints back to the text that it was parsed from (without white space, which may stand around names, commas and
 * braces).
 */
public record Pipeline(List<Step> steps) {
  /** One pass as it was configured; {@code options} is what was written, for printing. */
  public record Step(Pass pass, PassOptions options) {
    @Override
    public String toString() {
      return pass.name() + (options.isEmpty() ? "" : options.toString());
    }
  }

  public Pipeline {
    steps = List.copyOf(steps);
  }

  /** The pipeline of passes with their default options. */
  public static Pipeline of(Pass... passes) {
    return new Pipeline(Stream.of(passes).map(pass -> new Step(pass, PassOptions.none(pass.name()))).toList());
  }

  public Pipeline then(Pipeline next) {
    return new Pipeline(Stream.concat(steps.stream(), next.steps.stream()).toList());
  }

  /** This pipeline without the passes named {@code name}. */
  public Pipeline without(String name) {
    return filter(step -> !step.pass().name().equals(name));
  }

  /** This pipeline with {@code pass} in place of every pass of the same name, for what cannot be said in text. */
  public Pipeline with(Pass pass) {
    return new Pipeline(
        steps.stream()
            .map(step -> step.pass().name().equals(pass.name()) ? new Step(pass, step.options()) : step)
            .toList());
  }

  /** The steps up to the last one of the pass {@code name}; none where there is no such pass. */
  public Pipeline upTo(String name) {
    int end = steps.size();
    while (end > 0 && !steps.get(end - 1).pass().name().equals(name)) {
      end--;
    }
    return new Pipeline(steps.subList(0, end));
  }

  public boolean contains(String name) {
    return steps.stream().anyMatch(step -> step.pass().name().equals(name));
  }

  private Pipeline filter(Predicate<Step> kept) {
    return new Pipeline(steps.stream().filter(kept).toList());
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining(","));
  }
}

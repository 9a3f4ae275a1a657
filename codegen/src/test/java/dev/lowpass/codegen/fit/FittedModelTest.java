package dev.lowpass.codegen.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.cost.Work;
import dev.lowpass.passes.cost.WorkCounter;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prices are found again from times that follow them: over the networks that prices are fitted to. */
class FittedModelTest {
  private static final double CALL = 1.5;

  /** Each node as a step of its own, whose time is {@code spread} off what {@code truth} says. */
  private static List<Observation> observations(PricedModel truth, double spread) {
    WorkCounter counter = new WorkCounter(truth.machine());
    Random random = new Random(1);
    List<Observation> observations = new ArrayList<>();
    for (Workload workload : FitWorkloads.all()) {
      for (Node node : workload.graph(ChooseForms.Mode.ALL, PassContext.of(truth.machine())).nodes()) {
        Work work = counter.of(node);
        double time = (CALL + truth.price(work)) * Math.exp(spread * random.nextGaussian());
        if (!work.amounts().isEmpty()) {
          observations.add(new Observation(workload + ": " + node.name(), List.of(work), time));
        }
      }
    }
    return observations;
  }

  @ParameterizedTest
  @EnumSource
  void findsThePricesThatMadeTheTimes(CostTerm term) {
    FittedModel fitted = FittedModel.to(Machines.AVX512, observations(Prices.AVX512, 0));
    double truth = Prices.AVX512.nanoseconds().get(term);
    assertThat(fitted.model().nanoseconds().get(term)).isCloseTo(truth, within(0.02 * truth));
    assertThat(fitted.call()).isCloseTo(CALL, within(0.02));
  }

  /** One step in ten takes three times as long, as beside a neighbour that comes and goes. */
  @Test
  void aFewDisturbedStepsDoNotPullAtTheOthers() {
    List<Observation> observations = observations(Prices.AVX512, 0.02);
    for (int i = 0; i < observations.size(); i += 10) {
      Observation calm = observations.get(i);
      observations.set(i, new Observation(calm.step(), calm.work(), 3 * calm.microseconds()));
    }
    FittedModel fitted = FittedModel.to(Machines.AVX512, observations);
    double truth = Prices.AVX512.nanoseconds().get(CostTerm.PRODUCT);
    assertThat(fitted.model().nanoseconds().get(CostTerm.PRODUCT)).isCloseTo(truth, within(0.05 * truth));
    FitErrors errors = FitErrors.of(fitted, observations);
    assertThat(errors.steps()).isEqualTo(observations.size());
    assertThat(errors.median()).isBetween(0.005, 0.05);
    assertThat(errors.ninetieth()).isGreaterThan(errors.median());
  }
}

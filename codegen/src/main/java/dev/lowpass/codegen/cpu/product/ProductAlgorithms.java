package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knobs;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.passes.machine.Machine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The algorithms that suit a product step. There is one rule: of those that a choice is for, the first in the list makes
 * the step. The last in the list makes any step.
 */
public final class ProductAlgorithms implements Knobs {
  private final List<ProductAlgorithm> suitable;

  public ProductAlgorithms(ProductStep step, Machine machine) {
    this.suitable =
        Stream.<ProductAlgorithm>of(
                new RoundedProduct(step),
                new SkippingRowProduct(step, machine),
                new SkippingProduct(step, machine),
                new HalvedProduct(step, machine),
                new PlainProduct(step, machine))
            .filter(ProductAlgorithm::suits)
            .toList();
  }

  @Override
  public Choice builtIn() {
    Choice choice = Choice.NONE;
    for (ProductAlgorithm algorithm : suitable.reversed()) {
      choice = algorithm.builtIn(choice);
    }
    return choice;
  }

  /** The algorithms that come before, or none of them, and then what the algorithm itself may vary. */
  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    ProductAlgorithm chosen = chosen(near.centre(), false);
    for (ProductAlgorithm algorithm : suitable.subList(0, suitable.indexOf(chosen))) {
      near.add(algorithm.with(near.centre()));
    }
    near.add(chosen.without(near.centre()));
    chosen.addTo(near, breadth);
  }

  /** The code of the step, with the choice of {@code workshop}. */
  public StepCode prepare(Workshop workshop, Optional<SlabShares> shares) {
    return chosen(workshop.choice(), shares.isPresent()).prepare(workshop, shares);
  }

  private ProductAlgorithm chosen(Choice choice, boolean shared) {
    return suitable.stream()
        .filter(algorithm -> algorithm.isChosen(choice) && (!shared || algorithm.allowsShares()))
        .findFirst()
        .orElseThrow();
  }
}

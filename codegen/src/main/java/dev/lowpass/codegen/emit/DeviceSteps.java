package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.element.Words;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Expression;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.op.Binary;
import java.util.LinkedHashMap;
import java.util.Map;

/** What emitters for devices have in common. */
public final class DeviceSteps {
  private DeviceSteps() {}

  /** Puts every constant operand of {@code plan} into {@code parameters}: the offset of each, in elements. */
  public static Map<Slot, Integer> placeConstants(Plan plan, Parameters parameters) {
    Map<Slot, Integer> offsets = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      for (Slot slot : step.reads()) {
        if (slot.home() == Slot.Home.CONSTANT && !offsets.containsKey(slot)) {
          offsets.put(slot, parameters.add(Words.of(slot.constant().orElseThrow())));
        }
      }
    }
    return offsets;
  }

  /**
   * What leaves of a division is a function of C's library, and of no device.
   *
   * @throws LowpassException LP4001 where {@code step} asks for it
   */
  public static void requireKnown(ExpressionStep step) {
    for (Expression.Term term : step.expression().terms()) {
      if (term.op().equals(new Binary(Binary.Kind.REMAINDER)) && term.element().isFloating()) {
        throw new LowpassException(
            "LP4001", step.name(), "no kernel of a device for the remainder of numbers with fractions; compile for cpu");
      }
    }
  }
}

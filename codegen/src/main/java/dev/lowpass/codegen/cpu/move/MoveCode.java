package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.cpu.step.ElementCode;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.FloatArena;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step of movement: by exchanges of lanes, as copies where it is few of them, else element by element. */
public final class MoveCode {
  private MoveCode() {}

  public static StepCode prepare(Workshop workshop, Plan plan, MoveStep step) {
    ElementFunction function =
        lanes(step)
            .or(() -> copies(workshop, plan, step))
            .orElseGet(() -> Elements.VECTORS.of(step));
    return ElementCode.prepare(workshop, plan, step, function);
  }

  private static Optional<ElementFunction> lanes(MoveStep step) {
    return LaneMoves.of(step).map(moves -> moves);
  }

  private static Optional<ElementFunction> copies(Workshop workshop, Plan plan, MoveStep step) {
    return Copies.of(step, slot -> start(plan, slot)).map(copies -> function(workshop, step, copies));
  }

  private static int start(Plan plan, Slot slot) {
    return FloatArena.elements(plan.memory().offsets().get(slot));
  }

  private static ElementFunction function(Workshop workshop, MoveStep step, List<Copy> copies) {
    List<CopyElements> functions = new ArrayList<>();
    for (Copy copy : copies) {
      CopyLoops loops = CopyLoops.of(copy);
      functions.add(new CopyElements(copy, loops, Table.of(workshop, copy, loops.vector()), step.output()));
    }
    return functions.size() == 1 ? functions.getFirst() : new CopySequence(functions);
  }
}

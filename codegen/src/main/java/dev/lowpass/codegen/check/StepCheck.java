package dev.lowpass.codegen.check;

import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Runs the steps of a plan in their order, each by one worker and by more, and compares what each makes with what the
 * interpreter makes of the very numbers that it read: only a step's own error counts, however deep the network.
 *
 * <p>All memory is NaN before it is written, and what a step wrote is taken down at once: a step that reads too early,
 * or from a place that was overwritten, differs as well.
 */
public final class StepCheck {
  /**
   * The error of an element beside the largest element of its step. Single precision sums of a thousand terms have a
   * tenth of it; a wrong index or a missing term is far beyond.
   */
  public static final double TOLERANCE = 1e-5;

  /** How far numbers are moved to see what their rounding does: some ulps. */
  private static final double NUDGE = 1e-6;

  private final Workbench bench;
  private final Plan plan;
  private final StepReference reference;

  /** What each slot held when it was written. */
  private final Map<Slot, Numbers> values = new HashMap<>();

  private final Wholes wholes;

  private StepCheck(Graph graph, Workbench bench) {
    this.bench = bench;
    this.plan = bench.plan();
    this.reference = new StepReference(graph, plan);
    this.wholes = new Wholes(plan.views());
  }

  /**
   * Checks every step of the plan on {@code bench}.
   *
   * @param graph that the plan computes
   * @param workers by how many each step is done at most
   * @return the outputs by name, as the code made them
   * @throws LowpassException LP4020 for the first step that differs
   */
  public static Map<String, Tensor> run(Graph graph, Workbench bench, Map<String, Tensor> inputs, int workers) {
    return new StepCheck(graph, bench).run(inputs, workers);
  }

  private Map<String, Tensor> run(Map<String, Tensor> inputs, int workers) {
    bench.poison();
    bench.fill(inputs);
    for (Slot slot : plan.inputs()) {
      values.put(slot, new Numbers(reference.type(slot), inputs.get(slot.name()).toDoubles()));
    }
    for (int index = 0; index < plan.steps().size(); index++) {
      check(index, workers);
    }
    Map<String, Tensor> outputs = new HashMap<>();
    for (Slot slot : plan.outputs()) {
      boolean empty = slot.shape().elements() == 0;
      TensorType type = TensorType.spatial(slot.element(), slot.shape());
      outputs.put(slot.name(), empty ? Tensor.empty(type) : values.get(slot).toTensor());
    }
    return outputs;
  }

  private void check(int index, int mostWorkers) {
    Step step = plan.steps().get(index);
    step.reads().stream().filter(slot -> isMade(slot) && !values.containsKey(slot)).forEach(this::lookUp);
    Numbers expected = reference.of(step, values);
    for (int workers = mostWorkers; workers >= 1; workers--) {
      bench.poison(step.output());
      bench.poisonWorkers();
      bench.run(workers, index, index + 1);
      Numbers actual = read(step);
      compare(step, index, workers, actual, expected);
      takeDown(step.output(), actual);
    }
  }

  private static boolean isMade(Slot slot) {
    return slot.home() == Slot.Home.SCRATCH;
  }

  private void takeDown(Slot slot, Numbers written) {
    values.put(slot, written);
    // Coefficients lie in nothing else; blocks may have more of them than there are samples.
    if (!slot.isCoefficients()) {
      wholes.write(slot, written.values());
    }
  }

  /** What a slot holds that no step wrote as a whole: it lies in another one, or others lie in it. */
  private void lookUp(Slot slot) {
    values.put(slot, new Numbers(reference.type(slot), wholes.read(slot)));
  }

  private Numbers read(Step step) {
    Slot slot = step.output();
    return SlotValues.of(slot, reference.type(slot), isExact(step), bench.read(slot));
  }

  /** Whether coefficients beyond their band are zero in memory, not undefined. */
  private static boolean isExact(Step step) {
    return switch (step) {
      case DepthwiseStep depthwise -> depthwise.exact();
      case TransformStep transform -> transform.exact();
      case ProductStep _, BlockStep _, ConvolutionStep _, PoolStep _, CombineStep _ -> true;
      case ExpressionStep _, GeneralStep _, ArgChannelsStep _ -> true;
      case ResizeStep _, NormalizeStep _, MultiplyStep _, MoveStep _ -> true;
    };
  }

  private void compare(Step step, int index, int workers, Numbers actual, Numbers expected) {
    Deviation deviation = Deviation.between(actual, expected);
    double tolerance = tolerance(step);
    if (deviation.isWithinRange(tolerance)) {
      return;
    }
    // Some functions enlarge what rounding did to their input, and differences of like numbers have little but that.
    double unavoidable = Deviation.between(nudged(step), expected).largest();
    if (deviation.largest() <= unavoidable) {
      return;
    }
    throw new LowpassException(
        "LP4020",
        step.name(),
        "step %d (%s), on %d worker(s), differs from the reference by %.2g of its range, more than %.0g; please report this"
            .formatted(index, step.kind(), workers, deviation.largest() / deviation.range(), tolerance));
  }

  private static double tolerance(Step step) {
    // Just above a power of two, numbers are twice as far apart as below.
    double stored = step.output().packed() ? 2 * Precision.FLOAT16.step() : 0;
    return Math.max(TOLERANCE, Math.max(stored, roundedInside(step).step()));
  }

  /**
   * To which it rounds what it computed itself and the check does not see: one sample may fall to either of two numbers,
   * which are a step apart.
   */
  private static Precision roundedInside(Step step) {
    return step instanceof BlockStep block ? block.projection().precision() : Precision.FLOAT32;
  }

  /** What the reference makes of inputs that are a little different. */
  private Numbers nudged(Step step) {
    Random random = new Random(1);
    Map<Slot, Numbers> moved = new HashMap<>();
    for (Slot slot : step.reads()) {
      if (values.containsKey(slot)) {
        double[] near = values.get(slot).values().clone();
        for (int i = 0; i < near.length; i++) {
          near[i] *= 1 + NUDGE * random.nextDouble(-1, 1);
        }
        moved.put(slot, new Numbers(values.get(slot).type(), near));
      }
    }
    return reference.of(step, moved);
  }
}

package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.Slot;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.LoopKind;
import dev.lowpass.codegen.tvm.Var;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * An entry function of the processor: its arguments as addresses for kernels, and tasks dealt to workers.
 *
 * <p>A step is one phase, or several that each need all of the one before. Whatever a step does happens in {@link
 * #parallel}, {@link #alone} or {@link #deal}: that is what lets an entry run a single worker's part of it.
 */
final class Entry {
  private final Arguments arguments;
  private final Plan plan;
  private final long privateElements;
  private final Optional<Share> share;

  /** Phases of the current step that are written. */
  private int phases;

  /** The parts of a phase that is not written yet, because the next may go on in it. */
  private final List<BiConsumer<Code, Var>> open = new ArrayList<>();

  Entry(
      Plan plan,
      Map<Slot, Integer> constants,
      long parameterElements,
      long privateElements,
      Optional<Share> share) {
    this.arguments = new Arguments(plan, constants, parameterElements, privateElements);
    this.plan = plan;
    this.privateElements = privateElements;
    this.share = share;
  }

  /** The part of a step that a call asks for: one worker's, in one phase, on the calling thread. */
  record Share(Var phase, Var worker) {
    static Share asked() {
      return new Share(Var.i32("phase"), Var.i32("worker"));
    }

    List<Var> variables() {
      return List.of(phase, worker);
    }
  }

  /** Writes {@code steps}, one after the other. */
  void write(Code code, List<StepCode> steps) {
    for (StepCode step : steps) {
      phases = 0;
      code.add(Code.of(body -> step.write(body, this)));
    }
    close(code);
  }

  Arguments arguments() {
    return arguments;
  }

  Expr address(Slot slot, Expr offset) {
    return arguments.bufferOf(slot).address(offset.plus(arguments.start(slot)));
  }

  Expr parameter(Expr offset) {
    return arguments.parameters().address(offset);
  }

  /** Word {@code index} of the table that starts at {@code table} in the parameters. */
  Expr table(int table, Expr index) {
    return arguments.table(table, index);
  }

  /** An address in the private memory of {@code worker}. */
  Expr privateAddress(Expr worker, Expr offset) {
    int first = Math.toIntExact(plan.memory().elements());
    return arguments.scratch().address(worker.times(Math.toIntExact(privateElements)).plus(offset).plus(first));
  }

  Expr privateAddress(Expr worker, int offset) {
    return privateAddress(worker, Expr.i32(offset));
  }

  /** Elements from a worker's private memory to the next one's. */
  Expr privatePitch() {
    return Expr.i32(privateElements);
  }

  /** What a worker does for one task. */
  interface Task {
    void write(Code code, Expr task, Expr worker);
  }

  /** How tasks are dealt to workers. */
  enum Deal {
    /** All to one: starting the others costs more than it saves. */
    ALONE,
    /** Neighbouring tasks to the same worker, for what they share; fair where tasks cost the same. */
    NEIGHBOURS,
    /** One after the other in turn, fair where costs fall from the first task to the last. */
    IN_TURN
  }

  /**
   * A phase that every worker has a part in, and that a {@link #join} right behind it goes on with. Written with what
   * comes next, so it must not refer to variables of {@code code}.
   */
  void open(Code code, BiConsumer<Code, Var> part) {
    if (share.isEmpty()) {
      close(code);
      open.add(part);
    } else {
      parallel(code, part);
    }
  }

  /**
   * A phase whose parts need no more than what the same worker did in the one before: if that is open, no worker waits
   * for the others in between. Leaves it open.
   */
  void join(Code code, BiConsumer<Code, Var> part) {
    if (share.isEmpty()) {
      open.add(part);
    } else {
      parallel(code, part);
    }
  }

  /** Writes the open phase, if there is one. */
  void close(Code code) {
    if (!open.isEmpty()) {
      List<BiConsumer<Code, Var>> parts = List.copyOf(open);
      open.clear();
      code.loop(
          "worker",
          arguments.workers(),
          LoopKind.PARALLEL,
          (body, worker) -> parts.forEach(part -> body.add(Code.of(inner -> part.accept(inner, worker)))));
    }
  }

  /** A phase that there is only where there are several workers. */
  void parallelIfSeveral(Code code, BiConsumer<Code, Var> part) {
    close(code);
    code.when(Expr.i32(1).lessThan(arguments.workers()), body -> parallel(body, part));
  }

  /** A phase that every worker has a part in. */
  void parallel(Code code, BiConsumer<Code, Var> part) {
    close(code);
    if (share.isEmpty()) {
      code.loop("worker", arguments.workers(), LoopKind.PARALLEL, part);
    } else {
      Share asked = share.orElseThrow();
      code.when(asked.phase.equalTo(nextPhase()), body -> part.accept(body, asked.worker));
    }
  }

  /** A phase that the first worker does by itself. */
  void alone(Code code, Consumer<Code> part) {
    close(code);
    if (share.isEmpty()) {
      part.accept(code);
    } else {
      Share asked = share.orElseThrow();
      code.when(asked.phase.equalTo(nextPhase()).and(asked.worker.equalTo(0)), part);
    }
  }

  private int nextPhase() {
    if (phases == Manifest.MOST_PHASES) {
      throw new IllegalStateException("a step of more than " + Manifest.MOST_PHASES + " phases");
    }
    return phases++;
  }

  /** Tasks {@code first} to {@code first + count}. */
  record Range(Var first, Expr count) {}

  /** The tasks of {@code worker} where neighbouring tasks go to the same one. */
  Range neighbours(Code code, int tasks, Expr worker) {
    Var workers = arguments.workers();
    Var first = code.let("first", worker.times(tasks).floorDiv(workers));
    Var end = code.let("end", worker.plus(1).times(tasks).floorDiv(workers));
    return new Range(first, end.minus(first));
  }

  /** Writes code that shares out {@code tasks} among the workers: one phase. */
  void deal(Code code, int tasks, Deal deal, Task task) {
    if (deal == Deal.ALONE || tasks == 1) {
      alone(code, body -> body.loop("task", tasks, (each, index) -> task.write(each, index, Expr.i32(0))));
      return;
    }
    Var workers = arguments.workers();
    parallel(
        code,
        (share, worker) -> {
          if (deal == Deal.IN_TURN) {
            Expr turns = Expr.i32(tasks - 1).minus(worker).plus(workers).floorDiv(workers);
            share.loop(
                "turn",
                turns,
                (body, turn) -> task.write(body, body.let("task", turn.times(workers).plus(worker)), worker));
          } else {
            Range range = neighbours(share, tasks, worker);
            share.loop(
                "turn",
                range.count(),
                (body, turn) -> task.write(body, body.let("task", range.first().plus(turn)), worker));
          }
        });
  }
}

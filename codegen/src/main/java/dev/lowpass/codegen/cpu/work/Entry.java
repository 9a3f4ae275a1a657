package dev.lowpass.codegen.cpu.work;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Atomics;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The function of one step as it is written: what one worker does in one phase. Its arguments come as addresses for
 * kernels, its tasks from queues.
 *
 * <p>A step is one phase, or several that each need all of the one before. In a phase every worker has a queue of
 * tasks, chosen for what is in its cache; a worker that is through with its own goes on with those of the others. So
 * no worker waits long where another is slow, be it for a neighbour on the same core. Which worker does a task must not
 * matter to what the task computes.
 */
public final class Entry {
  /** Queues that a worker looks into: its own, and those of the next workers. */
  private static final int MOST_VISITS = 8;

  private final Arguments arguments;
  private final Pool pool;
  private final int firstCounter;
  private final Asked asked;
  private int phases;

  /** @param firstCounter number of the counter of the step's first phase */
  Entry(Arguments arguments, Pool pool, int firstCounter, Asked asked) {
    this.arguments = arguments;
    this.pool = pool;
    this.firstCounter = firstCounter;
    this.asked = asked;
  }

  /**
   * What each worker has of scratch, from element {@code first} on: counters of the tasks taken from its queues, one for
   * each phase, and memory of its own.
   */
  record Pool(int first, int counters, int privateElements) {
    int elements() {
      return counters + privateElements;
    }

    /** Where element {@code offset} of what {@code worker} has lies in scratch. */
    Expr at(Expr worker, Expr offset) {
      return worker.times(elements()).plus(offset).plus(first);
    }
  }

  /**
   * What a call asks for.
   *
   * @param visits how many queues the worker works on: 1 for only its own
   */
  record Asked(Var phase, Var worker, Var visits) {
    static Asked fresh() {
      return new Asked(Var.i32("phase"), Var.i32("worker"), Var.i32("visits"));
    }

    /** All queues that a worker of {@code workers} should look into. */
    static Expr allVisits(Expr workers) {
      return workers.min(MOST_VISITS);
    }
  }

  public Arguments arguments() {
    return arguments;
  }

  public Expr workers() {
    return arguments.workers();
  }

  /** The one that runs this. */
  public Expr worker() {
    return asked.worker;
  }

  /** How many phases are written. */
  int phases() {
    return phases;
  }

  public Expr address(Slot slot, Expr offset) {
    return arguments.bufferOf(slot).address(offset.plus(arguments.start(slot)));
  }

  public Expr parameter(Expr offset) {
    return arguments.parameters().address(offset);
  }

  /** Word {@code index} of the table that starts at {@code table} in the parameters. */
  public Expr table(int table, Expr index) {
    return arguments.table(table, index);
  }

  /** An address in the private memory of {@code worker}. */
  public Expr privateAddress(Expr worker, Expr offset) {
    return arguments.scratch().address(pool.at(worker, offset.plus(pool.counters)));
  }

  public Expr privateAddress(Expr worker, int offset) {
    return privateAddress(worker, Expr.i32(offset));
  }

  /** Elements from a worker's private memory to the next one's. */
  public Expr privatePitch() {
    return Expr.i32(pool.elements());
  }

  /** A phase that every worker has a part in. */
  public void phase(Code code, Consumer<Code> part) {
    if (phases == Manifest.MOST_PHASES) {
      throw new IllegalStateException("a step of more than " + Manifest.MOST_PHASES + " phases");
    }
    code.when(asked.phase.equalTo(phases), part);
    phases++;
  }

  /** A phase that the first worker does by itself. */
  public void alone(Code code, Consumer<Code> part) {
    phase(code, body -> body.when(asked.worker.equalTo(0), part));
  }

  /**
   * One worker's tasks.
   *
   * @param count how many
   * @param task the number of the task that comes {@code n}th
   */
  public record Queue(Expr count, UnaryOperator<Expr> task) {}

  /** The queue of each worker. */
  public interface Queues {
    Queue of(Code code, Expr worker);
  }

  /**
   * How a worker came to a task.
   *
   * @param queue the worker from whose queue it is
   * @param ticket how many of that queue were taken before
   */
  public record Taken(Expr queue, Expr ticket) {}

  /** What is done for one task. */
  public interface Task {
    void write(Code code, Expr task, Taken taken);
  }

  /** 1 for the first task of a queue if there are several workers: what it reads may lie in another core's cache. */
  public Expr isFar(Taken taken) {
    return Expr.i32(1).lessThan(workers()).and(taken.ticket.equalTo(0)).select(Expr.i32(1), Expr.i32(0));
  }

  /** The part of a phase in which a worker does tasks until there are none. Once a phase. */
  public void work(Code code, Queues queues, Task task) {
    int counter = firstCounter + phases;
    code.loop(
        "visit",
        asked.visits,
        (body, visit) -> {
          Var next = body.let("next", asked.worker.plus(visit));
          Var queue = body.let("queue", next.minus(next.lessThan(workers()).select(Expr.i32(0), workers())));
          Queue tasks = queues.of(body, queue);
          Expr count = body.let("count", tasks.count);
          Expr taken = arguments.scratch().address(pool.at(queue, Expr.i32(counter)));
          Register ticket = body.register("ticket", DataType.I32);
          body.add(ticket.set(Atomics.take(taken, workers())));
          body.loopWhile(
              ticket.get().lessThan(count),
              inner -> {
                Var number = inner.let("number", ticket.get());
                task.write(inner, inner.let("task", tasks.task.apply(number)), new Taken(queue, number));
                inner.add(ticket.set(Atomics.take(taken, workers())));
              });
        });
  }

  /** How tasks are dealt to queues. */
  public enum Deal {
    /** All to one worker, which does them by itself: the others would cost more than they save. */
    ALONE,
    /** Neighbouring tasks to the same one, for what they share; fair where tasks cost the same. */
    NEIGHBOURS,
    /** One after the other in turn, fair where costs fall from the first task to the last. */
    IN_TURN
  }

  /** Queues of neighbouring tasks. */
  public Queues neighbours(int tasks) {
    return (code, worker) -> {
      Var first = code.let("first", worker.times(tasks).floorDiv(workers()));
      Expr end = worker.plus(1).times(tasks).floorDiv(workers());
      return new Queue(end.minus(first), first::plus);
    };
  }

  private Queues inTurn(int tasks) {
    return (_, worker) ->
        new Queue(
            Expr.i32(tasks - 1).minus(worker).plus(workers()).floorDiv(workers()),
            ticket -> ticket.times(workers()).plus(worker));
  }

  /** A phase of {@code tasks}. */
  public void deal(Code code, int tasks, Deal deal, Task task) {
    deal(code, tasks, deal, _ -> {}, task);
  }

  /** A phase of {@code tasks}, and of what every worker does for itself {@code before} them. */
  public void deal(Code code, int tasks, Deal deal, Consumer<Code> before, Task task) {
    if (deal == Deal.ALONE || tasks == 1) {
      Expr own = Expr.i32(0);
      alone(
          code,
          body -> {
            before.accept(body);
            body.loop("task", tasks, (each, index) -> task.write(each, index, new Taken(own, index)));
          });
    } else {
      phase(
          code,
          body -> {
            before.accept(body);
            work(body, deal == Deal.IN_TURN ? inTurn(tasks) : neighbours(tasks), task);
          });
    }
  }
}

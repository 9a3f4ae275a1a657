package dev.lowpass.codegen.cpu.work;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.FloatArena;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.LoopKind;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Atomics;
import dev.lowpass.codegen.tir.llvm.TileRegisters;
import dev.lowpass.passes.machine.RoundingUnit;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.NativeModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The functions of single steps and the entry functions over them. {@code lowpass_work} is what a session's workers call,
 * each on a thread of its own: one worker's part of some steps; between phases the workers wait for each other. {@code
 * lowpass_reset} makes ready for it. {@code lowpass_main} does all steps with TVM's own workers, for programs that call
 * an artifact through TVM alone. {@code lowpass_share} does what one worker has in its own queue.
 */
public final class Entries {
  /** The counter of workers that arrived at the end of a phase has a cache line of its own, in the first one's memory. */
  private static final int ARRIVED = 0;

  private static final int FIRST_COUNTER = 16;

  private final Plan plan;
  private final Workshop workshop;
  private final Entry.Pool pool;

  /** By step. */
  private final List<Part> parts = new ArrayList<>();

  /** What one worker does for a step: (done, worker, arguments…), with {@code done} phases since the reset. */
  private final Map<Part, Function> works = new LinkedHashMap<>();

  /** What one worker does in a phase of a step: (phase, worker, visits, arguments…), see {@link Entry.Asked}. */
  private record Part(Function function, int firstCounter, int phases) {}

  /** @param steps the same may come again */
  public Entries(Plan plan, Workshop workshop, List<StepCode> steps) {
    this.plan = plan;
    this.workshop = workshop;
    int counters = FIRST_COUNTER + Manifest.MOST_PHASES * (int) steps.stream().distinct().count();
    this.pool =
        new Entry.Pool(
            FloatArena.elements(plan.memory().bytes()),
            align(counters, 16),
            align(FloatArena.elements(workshop.privateBytes()), 1024));
    Map<StepCode, Part> known = new LinkedHashMap<>();
    for (StepCode step : steps) {
      parts.add(known.computeIfAbsent(step, _ -> part(step, known.size())));
    }
    known.values().forEach(part -> works.put(part, work(part, works.size())));
  }

  private static int align(int elements, int unit) {
    return Math.multiplyExact(Math.ceilDiv(elements, unit), unit);
  }

  /** What each worker has of scratch. */
  public long privateBytes() {
    return FloatArena.bytes(pool.elements());
  }

  /**
   * All functions, entries among them; an inference runs the first {@code steps} steps. Where there are more, none asks
   * for shares.
   */
  public List<Function> functions(int steps) {
    List<Function> functions = new ArrayList<>();
    works.forEach((part, work) -> functions.addAll(List.of(part.function, work)));
    Function all = together(parts.subList(0, steps));
    functions.addAll(List.of(all, main(all), reset(), work()));
    if (steps == parts.size()) {
      functions.add(share());
    }
    if (usesTiles()) {
      functions.add(Function.entry(NativeModule.PERMIT, List.of(), TileRegisters.permit()));
    }
    return functions;
  }

  private Arguments arguments() {
    return new Arguments(plan, workshop.constants(), workshop.parameters().size(), privateBytes());
  }

  private Part part(StepCode step, int index) {
    Arguments arguments = arguments();
    Entry.Asked asked = Entry.Asked.fresh();
    int firstCounter = FIRST_COUNTER + index * Manifest.MOST_PHASES;
    Entry entry = new Entry(arguments, pool, firstCounter, asked);
    List<Parameter> parameters = with(arguments, asked.phase(), asked.worker(), asked.visits());
    Stmt written = Code.of(code -> step.write(code, entry));
    Stmt body = Atomics.in(usesTiles() ? TileRegisters.ready(written) : written);
    return new Part(Function.kernel("lowpass_part_" + index, parameters, body), firstCounter, entry.phases());
  }

  private boolean usesTiles() {
    return workshop.machine().unit() == RoundingUnit.TILES;
  }

  private Function work(Part part, int index) {
    Arguments arguments = arguments();
    Var workers = arguments.workers();
    Var done = Var.i32("done");
    Var worker = Var.i32("worker");
    Consumer<Code> phases =
        code -> {
          for (int phase = 0; phase < part.phases; phase++) {
            Expr wanted = done.plus(phase + 1).times(workers);
            code.add(callPart(part, Expr.i32(phase), worker, Entry.Asked.allVisits(workers), arguments));
            code.when(
                Expr.i32(1).lessThan(workers),
                several -> several.add(Atomics.arrive(arrived(arguments))).add(Atomics.await(arrived(arguments), wanted)));
          }
        };
    return Function.kernel("lowpass_work_" + index, with(arguments, done, worker), Atomics.in(Code.of(phases)));
  }

  private Function work() {
    Arguments arguments = arguments();
    Var first = Var.i32("first");
    Var end = Var.i32("end");
    Var worker = Var.i32("worker");
    Consumer<Code> steps =
        code -> {
          Register done = code.register("done", DataType.I32);
          code.add(done.set(Expr.i32(0)));
          for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            code.when(
                first.lessThan(i + 1).and(Expr.i32(i).lessThan(end)),
                body -> {
                  body.call(works.get(part), given(arguments, done.get(), worker));
                  body.add(done.add(Expr.i32(part.phases)));
                });
          }
        };
    return Function.entry("lowpass_work", with(arguments, first, end, worker), Code.of(steps));
  }

  private Function reset() {
    Arguments arguments = arguments();
    return Function.entry("lowpass_reset", arguments.all(), Code.of(code -> reset(code, arguments)));
  }

  private void reset(Code code, Arguments arguments) {
    code.loop(
        "worker",
        arguments.workers(),
        (body, worker) ->
            body.loop("counter", pool.counters(), (each, counter) -> reset(each, arguments, worker, counter)));
  }

  /** Zero has the same bits as an integer. */
  private void reset(Code code, Arguments arguments, Expr worker, Expr counter) {
    code.store(arguments.scratch(), pool.at(worker, counter), Expr.f32(0));
  }

  private Expr arrived(Arguments arguments) {
    return arguments.scratch().address(pool.at(Expr.i32(0), Expr.i32(ARRIVED)));
  }

  /** All {@code parts} in a parallel region of TVM, which may have fewer threads than there are workers. */
  private Function together(List<Part> parts) {
    Arguments arguments = arguments();
    Var workers = arguments.workers();
    Consumer<Code> phases =
        code -> {
          int done = 0;
          for (Part part : parts) {
            for (int phase = 0; phase < part.phases; phase++) {
              Expr number = Expr.i32(phase);
              code.loop(
                  "worker",
                  workers,
                  LoopKind.PARALLEL,
                  (each, worker) ->
                      each.add(callPart(part, number, worker, Entry.Asked.allVisits(workers), arguments))
                          .add(Atomics.arrive(arrived(arguments))));
              done++;
              code.add(Atomics.await(arrived(arguments), workers.times(done)));
            }
          }
        };
    Stmt body = Code.of(code -> {
      reset(code, arguments);
      code.together(phases);
    });
    return Function.kernel("lowpass_together", arguments.all(), Atomics.in(body));
  }

  private Function main(Function all) {
    Arguments arguments = arguments();
    return Function.entry("lowpass_main", arguments.all(), Code.of(code -> code.call(all, given(arguments))));
  }

  private Function share() {
    Arguments arguments = arguments();
    Var step = Var.i32("step");
    Var phase = Var.i32("phase");
    Var worker = Var.i32("worker");
    Consumer<Code> steps =
        code -> {
          for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            code.when(
                step.equalTo(i),
                body -> {
                  reset(body, arguments, worker, phase.plus(part.firstCounter));
                  body.add(callPart(part, phase, worker, Expr.i32(1), arguments));
                });
          }
        };
    return Function.entry("lowpass_share", with(arguments, step, phase, worker), Code.of(steps));
  }

  private static List<Parameter> with(Arguments arguments, Var... first) {
    List<Parameter> all = new ArrayList<>(List.of(first));
    all.addAll(arguments.all());
    return all;
  }

  private static Stmt callPart(Part part, Expr phase, Expr worker, Expr visits, Arguments arguments) {
    return Stmt.call(part.function, List.of(given(arguments, phase, worker, visits)));
  }

  private static Expr[] given(Arguments arguments, Expr... first) {
    List<Expr> all = new ArrayList<>(List.of(first));
    arguments.buffers().forEach(buffer -> all.add(buffer.address(0)));
    all.add(arguments.workers());
    return all.toArray(Expr[]::new);
  }
}

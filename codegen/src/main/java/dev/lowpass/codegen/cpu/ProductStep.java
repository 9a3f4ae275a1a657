package dev.lowpass.codegen.cpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.Band;
import dev.lowpass.codegen.plan.Layout;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A banded or dense product as tasks of some row tiles times one panel, read from a table. */
final class ProductStep {
  /**
   * Words of a task: offsets of x, y (and residual), w, b; rows, channels, rows with bias, and 1 for the narrow last
   * panel.
   */
  private static final int WORDS = 8;

  private static final int MOST_TILES_A_TASK = 16;

  /** Multiply-adds below which one worker is faster than two. */
  private static final long SMALL = 200_000;

  private record Task(int[] words) {}

  private final Workshop workshop;
  private final Step.Product step;
  private final Layout.Slabbed input;
  private final Layout.Slabbed output;
  private final int tileRows;
  private final int vectors;

  private ProductStep(Workshop workshop, Step.Product step) {
    this.workshop = workshop;
    this.step = step;
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.tileRows = workshop.chosen(Knob.ROWS);
    this.vectors = workshop.chosen(Knob.VECTORS);
  }

  static StepCode prepare(Workshop workshop, Step.Product step) {
    return new ProductStep(workshop, step).prepare();
  }

  private StepCode prepare() {
    int weights = workshop.parameters().add(Packing.panels(step.weight(), step.outputs(), step.channels(), vectors));
    int bias = workshop.parameters().add(Packing.slabs(step.bias(), step.outputs()));
    List<Task> tasks = tasks(weights, bias);
    int narrow = output.slabs() % vectors;
    Function wide = kernel(vectors, tasks, 0);
    Function last = narrow == 0 ? wide : kernel(narrow, tasks, 1);
    int table = workshop.parameters().add(tasks.stream().flatMapToInt(t -> Arrays.stream(t.words)).toArray());
    Entry.Deal deal = step.multiplyAdds() < SMALL ? Entry.Deal.ALONE : Entry.Deal.NEIGHBOURS;
    return (code, entry) ->
        entry.deal(
            code,
            tasks.size(),
            deal,
            (body, task, worker) -> {
              Expr row = body.let("words", task.times(WORDS));
              if (narrow == 0) {
                call(body, entry, wide, table, row);
              } else {
                body.when(
                    entry.table(table, row.plus(7)).equalTo(0),
                    then -> call(then, entry, wide, table, row),
                    otherwise -> call(otherwise, entry, last, table, row));
              }
            });
  }

  private List<Task> tasks(int weights, int bias) {
    int panels = Math.ceilDiv(output.slabs(), vectors);
    int tiles = Math.ceilDiv(input.rows(), tileRows);
    int chunk = tileRows * Math.clamp((long) tiles * panels * input.batch() / workshop.chosen(Knob.TASKS), 1, MOST_TILES_A_TASK);
    List<Task> tasks = new ArrayList<>();
    for (int n = 0; n < input.batch(); n++) {
      // Panel by panel, so that its weights are used for every row while they are near.
      for (int panel = 0; panel < panels; panel++) {
        for (Band band : step.bands()) {
          int end = band.to() * input.rowsOfGroup();
          for (int row = band.from() * input.rowsOfGroup(); row < end; row += chunk) {
            tasks.add(task(n, row, Math.min(chunk, end - row), band.channels(), panel, weights, bias));
          }
        }
      }
    }
    return tasks;
  }

  private Task task(int image, int row, int rows, int channels, int panel, int weights, int bias) {
    int slab = panel * vectors;
    long x = image * input.imageElements() + (long) row * LANES;
    long y = image * output.imageElements() + ((long) slab * output.rows() + row) * LANES;
    int w = weights + slab * LANES * step.channels();
    int biasRows = step.input().isCoefficients() ? Math.clamp(input.rowsOfGroup() - row, 0, rows) : rows;
    int width = Math.min(vectors, output.slabs() - slab);
    int[] words = {
      Math.toIntExact(x), Math.toIntExact(y), w, bias + slab * LANES, rows, channels, biasRows, width == vectors ? 0 : 1
    };
    return new Task(words);
  }

  private Function kernel(int width, List<Task> tasks, int narrow) {
    SortedSet<Integer> remainders = new TreeSet<>();
    boolean partSlabs = false;
    for (Task task : tasks) {
      if (task.words[7] == narrow) {
        remainders.add(task.words[4] % tileRows);
        partSlabs |= task.words[5] % LANES != 0;
      }
    }
    remainders.remove(0);
    ProductKernel kernel =
        new ProductKernel(
            input.rows(),
            output.rows(),
            step.residual().isPresent() ? output.rows() : 0,
            tileRows,
            width,
            remainders,
            // Weights that the cache does not keep from one inference to the next come from afar.
            workshop.chosen(Knob.AHEAD) * step.channels() * vectors * LANES,
            partSlabs,
            step.input().isCoefficients(),
            step.activation());
    return workshop.kernel("product", kernel, kernel::build);
  }

  private void call(Code code, Entry entry, Function kernel, int table, Expr row) {
    Expr y = entry.table(table, row.plus(1));
    List<Expr> arguments = new ArrayList<>();
    arguments.add(entry.address(step.input(), entry.table(table, row)));
    arguments.add(entry.parameter(entry.table(table, row.plus(2))));
    arguments.add(entry.parameter(entry.table(table, row.plus(3))));
    step.residual().ifPresent(residual -> arguments.add(entry.address(residual, y)));
    arguments.add(entry.address(step.output(), y));
    arguments.add(entry.table(table, row.plus(4)));
    arguments.add(entry.table(table, row.plus(5)));
    arguments.add(entry.table(table, row.plus(6)));
    code.call(kernel, arguments.toArray(Expr[]::new));
  }
}

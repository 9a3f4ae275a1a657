package dev.lowpass.codegen.cpu.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.Factors;
import dev.lowpass.codegen.cpu.kernel.Panels;
import dev.lowpass.codegen.cpu.kernel.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.SkippingKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A banded or dense product as tasks of some row tiles times one panel, read from a table. */
final class TiledProduct {
  /**
   * Words of a task: offsets of x, y (and residual, times the rows of a mean), w, b; rows, channels, rows with bias,
   * and 1 for a last panel that is not as the others.
   */
  private static final int WORDS = 8;

  private static final int MOST_TILES_A_TASK = 16;

  /** Multiply-adds below which one worker is faster than two. */
  static final long SMALL = 200_000;

  /** Elements, 8 KB, by which fetching runs ahead of weights that are used once. */
  private static final int STREAM_AHEAD = 2 << 10;

  private record Task(int[] words) {}

  /** The words of the task whose first is word {@code at} of a table. */
  record Words(Entry entry, int table, Expr at) {
    Expr x() {
      return word(0);
    }

    Expr y() {
      return word(1);
    }

    Expr weights() {
      return word(2);
    }

    Expr bias() {
      return word(3);
    }

    Expr rows() {
      return word(4);
    }

    Expr channels() {
      return word(5);
    }

    Expr biasRows() {
      return word(6);
    }

    Expr isLast() {
      return word(7).equalTo(1);
    }

    private Expr word(int index) {
      return entry.table(table, at.plus(index));
    }
  }

  /** Calls a panel's kernel. */
  private interface Call {
    void write(Code code, Words task, Function kernel, ProductPanel panel);
  }

  /** The kernel of the first panels, and that of the last. */
  private record Kernels(Function first, Function last) {}

  private final Workshop workshop;
  private final ProductStep step;
  private final Optional<SlabShares> shares;
  private final Layout.Slabbed input;
  private final Layout.Slabbed output;
  /** Whether the rows of a tile are images, each of one position: else weights would be read for every image. */
  private final boolean ofImages;

  private final int tileRows;
  private final int vectors;
  private final Panels panels;
  private final boolean skips;

  private TiledProduct(Workshop workshop, ProductStep step, boolean skips, Optional<SlabShares> shares) {
    this.workshop = workshop;
    this.step = step;
    this.shares = shares.filter(_ -> workshop.chosen(Knob.SPLIT) == 1 && step.multiplyAdds() >= SMALL);
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.ofImages = input.rows() == 1 && input.batch() > 1;
    this.tileRows = workshop.chosen(Knob.ROWS);
    this.vectors = workshop.chosen(Knob.VECTORS);
    this.skips = skips;
    boolean even = step.channels() % 2 == 0 && step.bands().stream().allMatch(band -> band.channels() % 2 == 0);
    this.panels = new Panels(step.outputs(), step.channels(), vectors, even && !skips);
  }

  static Factors factors(ProductStep step) {
    return new Factors(step.channels(), step.outputs(), step.weight(), step.bias());
  }

  /** @param shares who made which slabs of the input, if one worker after another may go on with its own */
  static StepCode prepare(Workshop workshop, ProductStep step, boolean skips, Optional<SlabShares> shares) {
    return new TiledProduct(workshop, step, skips, shares).prepare();
  }

  private StepCode prepare() {
    if (skips) {
      workshop.needPrivate(scratch() + (long) SkippingKernel.listed(step.channels()));
    }
    int weights = workshop.parameters().add(panels.pack(step.weight().floats()));
    int bias = workshop.parameters().add(Packing.slabs(step.bias().floats(), step.outputs()));
    List<Task> tasks = tasks(weights, bias);
    Kernels whole = kernels(tasks, false);
    int table = workshop.parameters().add(tasks.stream().flatMapToInt(t -> Arrays.stream(t.words)).toArray());
    Entry.Deal deal = step.multiplyAdds() < SMALL ? Entry.Deal.ALONE : Entry.Deal.NEIGHBOURS;
    if (shares.isPresent()) {
      Kernels part = kernels(tasks, true);
      PartialSums sums = new PartialSums(workshop, step, shares.orElseThrow(), vectors);
      return (code, entry) -> split(code, entry, table, tasks.size(), whole, part, sums);
    }
    return (code, entry) ->
        entry.deal(
            code, tasks.size(), deal, (body, task, taken) ->
                call(body, entry, table, task, whole, multiplyAll(entry, entry.isFar(taken))));
  }

  /** One worker does all of it at once; several share out channels, and put their sums together when all are done. */
  private void split(Code code, Entry entry, int table, int tasks, Kernels whole, Kernels part, PartialSums sums) {
    entry.phase(
        code,
        body ->
            body.when(
                entry.workers().equalTo(1),
                alone ->
                    alone.loop(
                        "task", tasks, (each, task) -> call(each, entry, table, task, whole, multiplyAll(entry, Expr.i32(0)))),
                several -> share(several, entry, table, tasks, part, sums)));
    entry.phase(
        code,
        body ->
            body.when(
                Expr.i32(1).lessThan(entry.workers()),
                several ->
                    entry.work(
                        several,
                        entry.neighbours(output.slabs()),
                        (each, slab, _) -> sums.reduce(each, entry, slab))));
  }

  /** To each worker all tasks, with its part of the channels. */
  private void share(Code code, Entry entry, int table, int tasks, Kernels part, PartialSums sums) {
    entry.work(
        code,
        (_, _) -> new Entry.Queue(Expr.i32(tasks), ticket -> ticket),
        (body, task, taken) -> {
          PartialSums.Share share = sums.share(body, entry, taken.queue());
          call(
              body,
              entry,
              table,
              task,
              part,
              (inner, words, kernel, panel) -> {
                Expr last = skips ? list(entry) : Expr.i32(0);
                sums.multiply(inner, entry, taken.queue(), share, words, kernel, panel, last);
              });
        });
  }

  private void call(Code code, Entry entry, int table, Expr task, Kernels kernels, Call call) {
    Words words = new Words(entry, table, code.let("words", task.times(WORDS)));
    if (areAlike()) {
      call.write(code, words, kernels.first, panels.at(0));
    } else {
      code.when(
          words.isLast(),
          last -> call.write(last, words, kernels.last, panels.last()),
          others -> call.write(others, words, kernels.first, panels.at(0)));
    }
  }

  /** Whether all panels are. */
  private boolean areAlike() {
    return panels.last().equals(panels.at(0));
  }

  private List<Task> tasks(int weights, int bias) {
    int count = Math.ceilDiv(output.slabs(), vectors);
    int images = ofImages ? 1 : input.batch();
    int rowsOfGroup = ofImages ? input.batch() : input.rowsOfGroup();
    int tiles = Math.ceilDiv(ofImages ? input.batch() : input.rows(), tileRows);
    int chunk = tileRows * tilesATask(tiles, (long) count * images);
    List<Task> tasks = new ArrayList<>();
    for (int n = 0; n < images; n++) {
      // Panel by panel, so that its weights are used for every row while they are near.
      for (int panel = 0; panel < count; panel++) {
        for (Band band : step.bands()) {
          int last = band.to() * rowsOfGroup;
          for (int row = band.from() * rowsOfGroup; row < last; row += chunk) {
            tasks.add(task(n, row, Math.min(chunk, last - row), band.channels(), panel, weights, bias));
          }
        }
      }
    }
    return tasks;
  }

  private int tilesATask(int tiles, long panels) {
    if (step.pooled() || shares.isPresent()) {
      // One task makes all of a mean; shares are equal whatever the tasks.
      return tiles;
    }
    // Enough tasks to deal out.
    long wanted = tiles * panels / workshop.chosen(Knob.TASKS);
    return Math.clamp(wanted, 1, MOST_TILES_A_TASK);
  }

  private Task task(int image, int row, int rows, int channels, int panel, int weights, int bias) {
    int slab = panel * vectors;
    long x = image * input.imageElements() + (long) row * pitch(input).row();
    long y = image * output.imageElements() + (long) slab * pitch(output).slab() + (long) row * pitch(output).row();
    int w = weights + slab * LANES * step.channels();
    int biasRows = step.input().isCoefficients() && !ofImages ? Math.clamp(input.rowsOfGroup() - row, 0, rows) : rows;
    int last = slab == panels.lastSlab() && !areAlike() ? 1 : 0;
    int[] words = {
      Math.toIntExact(x), Math.toIntExact(y), w, bias + slab * LANES, rows, channels, biasRows, last
    };
    return new Task(words);
  }

  /** @param part whether for a part of the channels: sums alone */
  private Kernels kernels(List<Task> tasks, boolean part) {
    Function first = kernel(0, tasks, 0, part);
    return new Kernels(first, areAlike() ? first : kernel(panels.lastSlab(), tasks, 1, part));
  }

  /** @param slab where a panel starts */
  private Function kernel(int slab, List<Task> tasks, int last, boolean part) {
    int rows = panels.rows(slab, tileRows);
    SortedSet<Integer> remainders = new TreeSet<>();
    boolean partSlabs = false;
    for (Task task : tasks) {
      if (task.words[7] == last) {
        remainders.add(task.words[4] % rows);
        partSlabs |= task.words[5] % LANES != 0;
      }
    }
    remainders.remove(0);
    if (skips) {
      return skippingKernel(rows, panels.at(slab), remainders, part);
    }
    ProductKernel kernel =
        new ProductKernel(
            pitch(input),
            pitch(output),
            step.residual().isPresent() && !part,
            rows,
            panels.at(slab),
            remainders,
            fetches(part),
            partSlabs,
            step.input().isCoefficients() && !ofImages && !part,
            step.pooled() ? ProductKernel.Ending.MEAN : ProductKernel.Ending.OVER,
            part ? List.of() : step.activation());
    return workshop.kernel("product", kernel, kernel::build);
  }

  private Function skippingKernel(int rows, ProductPanel panel, SortedSet<Integer> remainders, boolean part) {
    SkippingKernel kernel =
        SkippingKernel.of(
            workshop.machine(),
            new SkippingKernel.Maps(input.rows(), output.rows(), step.residual().isPresent() && !part),
            rows,
            panel.vectors(),
            remainders,
            step.channels(),
            part ? List.of() : step.activation());
    return workshop.kernel("product", kernel, kernel::build);
  }

  /** Where a worker's list of what is not zero starts in its private memory: behind its partial sums, if it has any. */
  private int scratch() {
    return shares.isPresent() ? Math.toIntExact(output.imageElements()) : 0;
  }

  private Expr list(Entry entry) {
    return entry.privateAddress(entry.worker(), scratch()).pointingTo(DataType.I32);
  }

  /** Weights that the cache does not keep from one inference to the next come from afar. */
  private ProductKernel.Fetches fetches(boolean part) {
    int ahead = workshop.chosen(Knob.AHEAD);
    return ahead == 1 && isOneTile()
        ? new ProductKernel.Fetches(STREAM_AHEAD, true, !part, 0)
        : ProductKernel.Fetches.ofNextPanel(ahead * step.channels() * vectors * LANES, !part);
  }

  /** Whether all rows are in one tile: then weights are read once, and stream by as fast as they can be fetched. */
  private boolean isOneTile() {
    return input.batch() * input.rows() <= tileRows && step.bands().size() == 1;
  }

  private ProductKernel.Pitch pitch(Layout.Slabbed layout) {
    return ofImages ? ProductKernel.Pitch.ofImages(layout.slabs()) : ProductKernel.Pitch.ofSlabs(layout.rows());
  }

  private Call multiplyAll(Entry entry, Expr far) {
    return (code, task, kernel, _) -> {
      List<Expr> arguments = new ArrayList<>();
      arguments.add(entry.address(step.input(), task.x()));
      arguments.add(entry.parameter(task.weights()));
      arguments.add(entry.parameter(task.bias()));
      Expr added = step.pooled() ? task.y().times(input.rows()) : task.y();
      step.residual().ifPresent(residual -> arguments.add(entry.address(residual, added)));
      arguments.add(entry.address(step.output(), task.y()));
      arguments.addAll(List.of(task.rows(), task.channels()));
      arguments.addAll(skips ? List.of(list(entry)) : List.of(task.biasRows(), far));
      code.call(kernel, arguments.toArray(Expr[]::new));
    };
  }
}

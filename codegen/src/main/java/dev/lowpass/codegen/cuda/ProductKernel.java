package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A dense or banded product. Groups take tiles of rows that lie inside one band; a table says which rows a tile has and how
 * many channels they need, those that need most first, so that no multiprocessor is left with the longest at the end. A
 * turn of a group's loop is a slab of channels, staged in shared memory: the samples turned over, so that an item reads the
 * rows of its tile as vectors. While a turn is computed, the next one's operands are on their way from global memory into
 * registers, and then go to the other half of the shared memory.
 *
 * @param tiles how many there are in the table
 */
record ProductKernel(ProductStep step, ProductTile tile, int tiles, int table, int weights, int bias)
    implements DeviceKernel {
  /** Words of a tile in the table: first row, end row, channels. */
  private static final int WORDS = 3;

  /** Lanes of a vector that is loaded at once. */
  private static final int VECTOR = 4;

  /** Rows that are staged lie so far apart beyond their number, in elements, that fewer of them share a bank. */
  private static final int PADDING = 4;

  static ProductKernel of(Parameters parameters, ProductStep step) {
    Layout.Slabbed input = step.input().slabbed();
    int lanes = step.output().slabbed().slabs() * LANES;
    ProductTile tile = ProductTile.of(input.rows(), lanes, input.batch());
    int[] table = table(step, tile);
    int outputs = Math.ceilDiv(lanes, tile.channels()) * tile.channels();
    float[] packed =
        Packing.panels(padded(step, outputs), outputs, input.slabs() * LANES, tile.channels() / LANES);
    return new ProductKernel(
        step,
        tile,
        table.length / WORDS,
        parameters.add(table),
        parameters.add(packed),
        parameters.add(Packing.slabs(step.bias().floats(), outputs)));
  }

  private static int[] table(ProductStep step, ProductTile tile) {
    int rowsOfGroup = step.input().slabbed().rowsOfGroup();
    record Tile(int first, int end, int channels) {}
    List<Tile> all = new ArrayList<>();
    for (Band band : step.bands()) {
      int end = band.to() * rowsOfGroup;
      for (int row = band.from() * rowsOfGroup; row < end; row += tile.rows()) {
        all.add(new Tile(row, Math.min(row + tile.rows(), end), band.channels()));
      }
    }
    all.sort(Comparator.comparingInt(Tile::channels).reversed());
    return all.stream().flatMapToInt(t -> IntStream.of(t.first, t.end, t.channels)).toArray();
  }

  /** The weight with zeros for outputs up to a whole panel and for channels up to a whole slab. */
  private static float[] padded(ProductStep step, int outputs) {
    int channels = step.input().slabbed().slabs() * LANES;
    float[] padded = new float[Math.multiplyExact(outputs, channels)];
    for (int m = 0; m < step.outputs(); m++) {
      System.arraycopy(step.weight().floats(), m * step.channels(), padded, m * channels, step.channels());
    }
    return padded;
  }

  @Override
  public Grid grid() {
    Layout.Slabbed output = step.output().slabbed();
    int panels = Math.ceilDiv(output.slabs() * LANES, tile.channels());
    return Grid.of(tiles, panels, output.batch(), tile.items(), 1);
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    new Item(this, memory, place).write(code);
  }

  /** The code of one work-item. */
  private static final class Item {
    private final ProductStep step;
    private final ProductTile tile;
    private final Layout.Slabbed input;
    private final Layout.Slabbed output;
    private final KernelMemory memory;
    private final Grid.Place place;
    private final ProductKernel kernel;

    /** How many vectors each item stages of a turn's samples, and of its weights. */
    private final int sampleVectors;

    private final int weightVectors;
    private final int rowStride;

    Item(ProductKernel kernel, KernelMemory memory, Grid.Place place) {
      this.kernel = kernel;
      this.step = kernel.step;
      this.tile = kernel.tile;
      this.input = step.input().slabbed();
      this.output = step.output().slabbed();
      this.memory = memory;
      this.place = place;
      this.sampleVectors = Math.ceilDiv(tile.rows() * LANES / VECTOR, tile.items());
      this.weightVectors = Math.ceilDiv(tile.channels() * LANES / VECTOR, tile.items());
      this.rowStride = tile.rows() + PADDING;
    }

    void write(Code code) {
      Buffer table = memory.parameters(kernel.table);
      Expr words = place.groupX().times(WORDS);
      Var first = code.let("first", table.load(words).reinterpret(DataType.I32));
      Var end = code.let("end", table.load(words.plus(1)).reinterpret(DataType.I32));
      Var channels = code.let("channels", table.load(words.plus(2)).reinterpret(DataType.I32));
      Var turns = code.let("turns", channels.plus(LANES - 1).floorDiv(LANES));
      Buffer samples = code.buffer("samples", DataType.F32, 2L * LANES * rowStride, Scope.SHARED);
      Buffer weights = code.buffer("weights", DataType.F32, 2L * LANES * tile.channels(), Scope.SHARED);
      Register[] sums = registers(code, "sum", ProductTile.ITEM_ROWS);
      Register[] nextSamples = registers(code, "x", sampleVectors);
      Register[] nextWeights = registers(code, "w", weightVectors);
      Expr column = place.itemX().floorMod(tile.across()).times(ProductTile.ITEM_CHANNELS);
      Expr row = place.itemX().floorDiv(tile.across()).times(ProductTile.ITEM_ROWS);
      start(code, sums, first.plus(row), column);
      code.when(
          Expr.i32(0).lessThan(turns),
          some -> {
            fetch(some, nextSamples, nextWeights, Expr.i32(0), first, end);
            stage(some, nextSamples, nextWeights, samples, weights, Expr.i32(0), channels, Expr.i32(0));
            some.barrier();
            some.loop(
                "turn",
                turns,
                (body, turn) -> {
                  Expr half = turn.floorMod(2);
                  Expr more = turn.plus(1).lessThan(turns);
                  body.when(more, then -> fetch(then, nextSamples, nextWeights, turn.plus(1), first, end));
                  body.loop("k", LANES, (inner, k) -> accumulate(inner, samples, weights, sums, half, k, row, column));
                  body.when(
                      more,
                      then ->
                          stage(
                              then,
                              nextSamples,
                              nextWeights,
                              samples,
                              weights,
                              turn.plus(1).floorMod(2),
                              channels,
                              turn.plus(1)));
                  body.barrier();
                });
          });
      for (int r = 0; r < sums.length; r++) {
        finish(code, sums[r].get(), first.plus(row).plus(r), end, column);
      }
    }

    private static Register[] registers(Code code, String name, int count) {
      Register[] registers = new Register[count];
      for (int i = 0; i < count; i++) {
        registers[i] = code.register(name, DataType.F32.withLanes(VECTOR));
      }
      return registers;
    }

    /** The bias: of coefficients at those rows alone that are means of blocks. */
    private void start(Code code, Register[] sums, Expr first, Expr column) {
      Buffer biases = memory.parameters(kernel.bias);
      Var bias = code.let("bias", biases.load(place.groupY().times(tile.channels()).plus(column), VECTOR));
      for (int r = 0; r < sums.length; r++) {
        if (step.input().isCoefficients()) {
          Expr takes = first.plus(r).lessThan(input.rowsOfGroup()).select(Expr.f32(1), Expr.f32(0));
          code.add(sums[r].set(bias.times(takes.broadcast(VECTOR))));
        } else {
          code.add(sums[r].set(bias));
        }
      }
    }

    /** Begins to load a slab of the tile's rows and of the panel; rows beyond the tile stay what they were. */
    private void fetch(
        Code code, Register[] samples, Register[] weights, Expr slab, Expr first, Expr end) {
      Expr rows = place.groupZ().times(input.slabs()).plus(slab).times(input.rows());
      for (int v = 0; v < samples.length; v++) {
        Expr vector = place.itemX().plus(v * tile.items());
        Expr at = first.plus(sampleRow(vector)).min(end.minus(1));
        Expr offset = rows.plus(at).times(LANES).plus(sampleLane(vector));
        code.add(samples[v].set(memory.bufferOf(step.input()).load(offset, VECTOR)));
      }
      Expr panel = place.groupY().times(input.slabs()).plus(slab).times(LANES * tile.channels());
      Buffer packed = memory.parameters(kernel.weights);
      for (int v = 0; v < weights.length; v++) {
        Expr vector = place.itemX().plus(v * tile.items());
        Register weight = weights[v];
        whenStaged(
            code,
            vector,
            tile.channels() * LANES / VECTOR,
            v,
            then -> then.add(weight.set(packed.load(panel.plus(vector.times(VECTOR)), VECTOR))));
      }
    }

    private Expr sampleRow(Expr vector) {
      return vector.floorDiv(LANES / VECTOR);
    }

    private Expr sampleLane(Expr vector) {
      return vector.floorMod(LANES / VECTOR).times(VECTOR);
    }

    /** Writes what was fetched; channels beyond the band become zeros, as what lies there in memory may be anything. */
    private void stage(
        Code code,
        Register[] fetchedSamples,
        Register[] fetchedWeights,
        Buffer samples,
        Buffer weights,
        Expr half,
        Expr channels,
        Expr slab) {
      for (int v = 0; v < fetchedSamples.length; v++) {
        Expr vector = place.itemX().plus(v * tile.items());
        Register fetched = fetchedSamples[v];
        whenStaged(
            code,
            vector,
            tile.rows() * LANES / VECTOR,
            v,
            then -> {
              Var sample = then.let("s", fetched.get());
              for (int i = 0; i < VECTOR; i++) {
                Expr lane = sampleLane(vector).plus(i);
                Expr at = half.times(LANES).plus(lane).times(rowStride).plus(sampleRow(vector));
                Expr known = slab.times(LANES).plus(lane).lessThan(channels);
                then.store(samples, at, known.select(sample.lane(i), Expr.f32(0)));
              }
            });
      }
      for (int v = 0; v < fetchedWeights.length; v++) {
        Expr vector = place.itemX().plus(v * tile.items());
        Register fetched = fetchedWeights[v];
        Expr at = half.times(LANES * tile.channels()).plus(vector.times(VECTOR));
        whenStaged(
            code, vector, tile.channels() * LANES / VECTOR, v, then -> then.store(weights, at, fetched.get()));
      }
    }

    /** For those of the items that have a vector of their own in turn {@code v}. */
    private void whenStaged(Code code, Expr vector, int vectors, int v, Consumer<Code> body) {
      if ((v + 1) * tile.items() <= vectors) {
        body.accept(code);
      } else {
        code.when(vector.lessThan(vectors), body);
      }
    }

    private void accumulate(
        Code code, Buffer samples, Buffer weights, Register[] sums, Expr half, Expr k, Expr row, Expr column) {
      Expr line = half.times(LANES).plus(k);
      Var weight = code.let("weight", weights.load(line.times(tile.channels()).plus(column), VECTOR));
      for (int quad = 0; quad < sums.length / VECTOR; quad++) {
        Var sample = code.let("sample", samples.load(line.times(rowStride).plus(row).plus(quad * VECTOR), VECTOR));
        for (int i = 0; i < VECTOR; i++) {
          code.add(sums[quad * VECTOR + i].add(sample.lane(i).broadcast(VECTOR).times(weight)));
        }
      }
    }

    private void finish(Code code, Expr sum, Expr row, Expr end, Expr column) {
      Expr channel = place.groupY().times(tile.channels()).plus(column);
      Expr slab = channel.floorDiv(LANES);
      Expr rows = place.groupZ().times(output.slabs()).plus(slab).times(output.rows());
      Expr offset = rows.plus(row).times(LANES).plus(channel.floorMod(LANES));
      Expr inside = row.lessThan(end);
      boolean whole = output.slabs() * LANES % tile.channels() == 0;
      code.when(
          whole ? inside : inside.and(slab.lessThan(output.slabs())),
          then -> {
            Expr value = sum;
            if (step.residual().isPresent()) {
              value = value.plus(memory.bufferOf(step.residual().orElseThrow()).load(offset, VECTOR));
            }
            then.store(memory.bufferOf(step.output()), offset, Vectors.apply(step.activation(), value));
          });
    }
  }
}

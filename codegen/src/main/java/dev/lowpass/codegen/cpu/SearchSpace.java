package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.cpu.block.BlockCode;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.depthwise.DepthwiseCode;
import dev.lowpass.codegen.cpu.product.HalvedCode;
import dev.lowpass.codegen.cpu.product.ProductCode;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.MapStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which choices there are for a step: the built-in one, from what is known of the processor, and those around a choice
 * that a search tries. A new knob needs its constant in {@link Knob}, its built-in value and its moves here, and the
 * step that reads it.
 */
public final class SearchSpace implements ChoiceSpace {
  /** Positions that a strip should have to feed whole register tiles. */
  private static final int STRIP_POSITIONS = 224;

  private static final int TASKS_WANTED = 32;

  /** Vectors of a product of one row, which has no second use for a weight: wide panels keep more loads in flight. */
  private static final int VECTORS_OF_ONE_ROW = 4;

  /** Weights up to which a panel is near enough without fetching it ahead. */
  private static final int MOST_CACHED_WEIGHTS = 8 << 10;

  /** A change of a choice; one that does not suit the step leaves it as it is. */
  private interface Move extends UnaryOperator<Choice> {}

  private record Tile(int rows, int vectors) {}

  private final Machine machine;

  public SearchSpace(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Choice builtIn(Step step) {
    return switch (step) {
      case ProductStep product -> {
        Choice choice = builtIn(product);
        if (!ProductCode.skipsZeros(product, machine)) {
          yield choice;
        }
        if (isOneRow(product)) {
          // What it saves is weights that come from afar.
          yield choice.with(Knob.SKIP, ahead(product.weight().floats()));
        }
        boolean pays = machine.skipsZeros(product.input().slabbed().rows(), product.channels(), product.outputs());
        yield pays ? skipping(product, choice) : choice.with(Knob.SKIP, 0);
      }
      case DepthwiseStep depthwise -> builtIn(depthwise);
      case BlockStep block -> {
        Choice choice =
            projecting(block, Choice.NONE)
                .with(Knob.COLUMNS, machine.depthwiseColumns())
                .with(Knob.STRIP, strip(block));
        if (block.producer().isPresent()) {
          choice = tiled(choice, Math.ceilDiv(block.channels(), Layout.LANES));
        }
        if (!BlockCode.skipsZeros(machine, block)) {
          yield choice;
        }
        boolean pays = machine.skipping().paysInBlocks(block.channels(), block.output().slabbed().channels());
        yield pays ? skipping(block, choice) : choice.with(Knob.SKIP, 0);
      }
      case ConvolutionStep convolve when convolve.groups() == 1 -> tiled(Choice.NONE, slabs(convolve));
      case ConvolutionStep _, TransformStep _, PoolStep _, MapStep _, CombineStep _ -> Choice.NONE;
      case NormalizeStep _, MultiplyStep _, MoveStep _ -> Choice.NONE;
    };
  }

  private Choice builtIn(ProductStep product) {
    boolean single = isOneRow(product);
    Choice choice =
        HalvedCode.halves(product, machine.tile().vectors())
            ? Choice.NONE.with(Knob.STRASSEN, strassen(product.input(), product.outputs()))
            : Choice.NONE;
    return choice
        .with(Knob.ROWS, single ? 1 : machine.tile().rows())
        .with(Knob.VECTORS, Math.min(single ? VECTORS_OF_ONE_ROW : machine.tile().vectors(), slabs(product)))
        .with(Knob.AHEAD, ahead(product.weight().floats()))
        .with(Knob.TASKS, TASKS_WANTED)
        .with(Knob.SPLIT, 1);
  }

  /** {@code choice}, but skipping zeros, with the tile that suits this. */
  private Choice skipping(ProductStep product, Choice choice) {
    int vectors = machine.skipping().vectors(slabs(product));
    Choice skipping =
        choice.with(Knob.SKIP, 1).with(Knob.VECTORS, vectors).with(Knob.ROWS, machine.skipping().rows(vectors));
    return choice.values().containsKey(Knob.STRASSEN) ? skipping.with(Knob.STRASSEN, 0) : skipping;
  }

  private Choice skipping(BlockStep block, Choice choice) {
    int vectors = machine.skipping().vectors(slabs(block));
    return choice
        .with(Knob.SKIP, 1)
        .with(Knob.PROJECT_VECTORS, vectors)
        .with(Knob.PROJECT_ROWS, machine.skipping().rows(vectors));
  }

  private Choice projecting(BlockStep block, Choice choice) {
    return choice
        .with(Knob.PROJECT_ROWS, machine.tile().rows())
        .with(Knob.PROJECT_VECTORS, Math.min(machine.tile().vectors(), slabs(block)));
  }

  /**
   * As many positions of output as leave a panel of a map that is made strip by strip in the first-level cache until
   * depthwise has read it, and two workers with strips enough to share them out evenly.
   */
  private int strip(BlockStep block) {
    Layout.Slabbed output = block.output().slabbed();
    int most = STRIP_POSITIONS / output.width();
    if (block.producer().isPresent()) {
      int slabs = Math.min(machine.tile().vectors(), Math.ceilDiv(block.channels(), Layout.LANES));
      int kept = Math.max(0, block.window().reach(0) - block.window().stride(0));
      int mapRows = machine.caches().near() / (block.mapWidth() * Layout.LANES * slabs) - kept;
      most = Math.min(most, mapRows / block.window().stride(0));
    }
    int rows = Integer.highestOneBit(Math.max(1, most));
    while (rows > 1 && !isEven(output.height(), rows)) {
      rows /= 2;
    }
    return rows * output.width();
  }

  /** Whether the larger of two shares of strips has less than a twentieth more rows than half. */
  private static boolean isEven(int height, int rows) {
    int strips = Math.ceilDiv(height, rows);
    int firstHalf = strips / 2 * rows;
    return 20 * Math.max(firstHalf, height - firstHalf) < 21 * Math.ceilDiv(height, 2);
  }

  private Choice builtIn(DepthwiseStep step) {
    Choice spatial = Choice.NONE.with(Knob.COLUMNS, machine.depthwiseColumns());
    Choice choice = step.output().isCoefficients() ? Choice.NONE : spatial;
    if (step.expansion().isEmpty()) {
      return choice;
    }
    choice = tiled(choice, slabs(step)).with(Knob.AHEAD, ahead(step.expansion().orElseThrow().weight().floats()));
    if (DepthwiseCode.halves(step, machine.tile().vectors())) {
      choice = choice.with(Knob.STRASSEN, strassen(step.input(), step.channels()));
    }
    // A map that comes from coefficients is made in rows of blocks.
    return step.input().isCoefficients() ? choice : choice.with(Knob.STRIP, STRIP_POSITIONS);
  }

  private Choice tiled(Choice choice, int slabs) {
    return choice.with(Knob.ROWS, machine.tile().rows()).with(Knob.VECTORS, Math.min(machine.tile().vectors(), slabs));
  }

  private static boolean isOneRow(ProductStep product) {
    return product.input().slabbed().rows() * product.input().slabbed().batch() == 1;
  }

  private int strassen(Slot input, int outputs) {
    Layout.Slabbed map = input.slabbed();
    return machine.halving().pays(map.rows(), map.channels(), outputs) ? 1 : 0;
  }

  private static int ahead(float[] weights) {
    return weights.length > MOST_CACHED_WEIGHTS ? 1 : 0;
  }

  private static int slabs(Step step) {
    return step.output().slabbed().slabs();
  }

  @Override
  public List<Choice> around(Step step, Choice centre, Breadth breadth) {
    Set<Choice> choices = new LinkedHashSet<>();
    moves(step, breadth == Breadth.MANY).forEach(move -> choices.add(move.apply(centre)));
    choices.remove(centre);
    return List.copyOf(choices);
  }

  private List<Move> moves(Step step, boolean many) {
    List<Move> moves = new ArrayList<>();
    switch (step) {
      case ProductStep product when isOneRow(product) -> {
        moves.addAll(values(Knob.SKIP, 0, 1));
        moves.addAll(unlessSkipping(values(Knob.VECTORS, fitting(slabs(product), 8, 2))));
        moves.addAll(unlessSkipping(values(Knob.AHEAD, 0, 1)));
        moves.addAll(unlessSkipping(values(Knob.TASKS, 8, 128)));
        if (many) {
          moves.addAll(unlessSkipping(values(Knob.VECTORS, fitting(slabs(product), 1, 3, 6, 12))));
          moves.addAll(unlessSkipping(values(Knob.TASKS, 2, 16, 64)));
        }
      }
      case ProductStep product -> {
        moves.add(choice -> withOrWithoutZeros(product, choice));
        moves.addAll(unlessSkipping(tiles(Knob.ROWS, Knob.VECTORS, slabs(product), many)));
        moves.addAll(unlessSkipping(values(Knob.AHEAD, 0, 1)));
        moves.addAll(unlessSkipping(values(Knob.STRASSEN, 0, 1)));
        moves.addAll(values(Knob.SPLIT, 0, 1));
        moves.addAll(values(Knob.TASKS, 8, 128));
        if (many) {
          moves.addAll(values(Knob.TASKS, 2, 16, 64));
        }
      }
      case DepthwiseStep depthwise -> {
        moves.addAll(tiles(Knob.ROWS, Knob.VECTORS, slabs(depthwise), many));
        moves.addAll(shapes(many));
        moves.addAll(values(Knob.AHEAD, 0, 1));
        moves.addAll(values(Knob.STRASSEN, 0, 1));
      }
      case BlockStep block -> {
        moves.addAll(shapes(many));
        moves.addAll(tiles(Knob.ROWS, Knob.VECTORS, Math.ceilDiv(block.channels(), Layout.LANES), many));
        moves.add(choice -> withOrWithoutZeros(block, choice));
        moves.addAll(unlessSkipping(tiles(Knob.PROJECT_ROWS, Knob.PROJECT_VECTORS, slabs(block), many)));
      }
      case ConvolutionStep convolve -> moves.addAll(tiles(Knob.ROWS, Knob.VECTORS, slabs(convolve), many));
      case TransformStep _, PoolStep _, MapStep _, CombineStep _ -> {}
      case NormalizeStep _, MultiplyStep _, MoveStep _ -> {}
    }
    return moves;
  }

  /** Zeros skipped where they were not, or the other way round: each has a tile of its own. */
  private Choice withOrWithoutZeros(ProductStep product, Choice choice) {
    if (!choice.values().containsKey(Knob.SKIP)) {
      return choice;
    }
    return skips(choice) ? tiled(choice.with(Knob.SKIP, 0), slabs(product)) : skipping(product, choice);
  }

  private Choice withOrWithoutZeros(BlockStep block, Choice choice) {
    if (!choice.values().containsKey(Knob.SKIP)) {
      return choice;
    }
    return skips(choice) ? projecting(block, choice.with(Knob.SKIP, 0)) : skipping(block, choice);
  }

  /** {@code moves} about a dense product's kernel, which one that skips zeros does not have. */
  private static List<Move> unlessSkipping(List<Move> moves) {
    return moves.stream().map(move -> (Move) choice -> skips(choice) ? choice : move.apply(choice)).toList();
  }

  private static boolean skips(Choice choice) {
    return choice.values().getOrDefault(Knob.SKIP, 0) == 1;
  }

  /** Strips, and tiles of depthwise kernels. */
  private List<Move> shapes(boolean many) {
    boolean wide = machine.registers() >= 32;
    List<Move> moves = new ArrayList<>(times(Knob.STRIP, 2, 0.5));
    moves.addAll(wide ? values(Knob.COLUMNS, 7) : values(Knob.COLUMNS, 7, 2));
    if (many) {
      moves.addAll(times(Knob.STRIP, 0.25, 4, 8));
      moves.addAll(wide ? values(Knob.COLUMNS, 4, 8, 10, 16) : values(Knob.COLUMNS, 3, 5, 6));
    }
    return moves;
  }

  /** Register tiles that fill the registers in other ways; accumulators, weights and a broadcast sample must fit. */
  private List<Move> tiles(Knob rows, Knob vectors, int slabs, boolean many) {
    List<Tile> few;
    List<Tile> more;
    if (machine.registers() >= 32) {
      few = List.of(new Tile(9, 3), new Tile(6, 4), new Tile(12, 2));
      more = List.of(new Tile(7, 4), new Tile(8, 3), new Tile(7, 3), new Tile(10, 2), new Tile(7, 2), new Tile(28, 1));
    } else {
      few = List.of(new Tile(5, 1), new Tile(4, 1), new Tile(3, 2));
      more = List.of(new Tile(7, 1), new Tile(3, 1), new Tile(2, 2));
    }
    List<Move> moves = new ArrayList<>();
    for (Tile tile : many ? Stream.concat(few.stream(), more.stream()).toList() : few) {
      if (tile.vectors <= slabs) {
        moves.add(c -> c.values().containsKey(rows) ? c.with(rows, tile.rows).with(vectors, tile.vectors) : c);
      }
    }
    return moves;
  }

  private static List<Move> values(Knob knob, int... values) {
    return IntStream.of(values)
        .mapToObj(value -> (Move) choice -> choice.values().containsKey(knob) ? choice.with(knob, value) : choice)
        .toList();
  }

  private static List<Move> times(Knob knob, double... factors) {
    return DoubleStream.of(factors)
        .mapToObj(factor -> (Move) choice -> choice.values().containsKey(knob) ? scaled(choice, knob, factor) : choice)
        .toList();
  }

  private static Choice scaled(Choice choice, Knob knob, double factor) {
    int value = (int) (choice.of(knob) * factor);
    return knob.allows(value) ? choice.with(knob, value) : choice;
  }

  private static int[] fitting(int most, int... values) {
    return IntStream.of(values).filter(value -> value <= most).toArray();
  }
}

package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Memory;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Channels that change their places in slabs, by exchanges of lanes that are written out: a vector of the output takes
 * a load and an exchange for each slab that has some of its channels. An item is some positions of one slab.
 *
 * @param slabs what each slab of the output is made of
 */
record LaneMoves(Slot output, List<List<Part>> slabs) implements ElementFunction {
  private static final int LANES = Layout.LANES;

  /** Positions of an item at most. */
  private static final int ITEM = 64;

  /** Loads that are written out at most, and those of a slab: beyond that lanes are as well loaded one by one. */
  private static final int MOST_LOADS = 768;

  private static final int MOST_LOADS_OF_SLAB = 8;

  /**
   * Some lanes of a slab.
   *
   * @param part operand that they come from
   * @param slab of it
   * @param lanes by lane of the output, which lane it is; or one that is there already
   */
  record Part(Slot part, int slab, int[] lanes) {}

  /** The movement of {@code step}, if it is one of channels, and of few slabs to each. */
  static Optional<LaneMoves> of(MoveStep step) {
    return Lanes.of(step).filter(_ -> step.output().home() == Slot.Home.SCRATCH).flatMap(sources -> of(step.output(), sources));
  }

  private static Optional<LaneMoves> of(Slot output, List<Lanes.Source> sources) {
    List<List<Part>> slabs = new ArrayList<>();
    int loads = 0;
    for (int first = 0; first < sources.size(); first += LANES) {
      List<Part> parts = parts(sources.subList(first, Math.min(first + LANES, sources.size())));
      slabs.add(parts);
      loads += parts.size();
      if (parts.size() > MOST_LOADS_OF_SLAB) {
        return Optional.empty();
      }
    }
    return loads <= MOST_LOADS ? Optional.of(new LaneMoves(output, slabs)) : Optional.empty();
  }

  /** The slabs of which {@code lanes} come, in the order in which they come first. */
  private static List<Part> parts(List<Lanes.Source> lanes) {
    List<Part> parts = new ArrayList<>();
    for (Lanes.Source lane : lanes) {
      if (parts.stream().noneMatch(part -> isOf(lane, part))) {
        parts.add(new Part(lane.part(), lane.slab(), new int[LANES]));
      }
    }
    for (Part part : parts) {
      for (int i = 0; i < LANES; i++) {
        // Those that are missing hold anything.
        Lanes.Source lane = lanes.get(Math.min(i, lanes.size() - 1));
        boolean own = isOf(lane, part);
        part.lanes[i] = parts.getFirst() == part ? lane.lane() : own ? LANES + lane.lane() : i;
      }
    }
    return parts;
  }

  private static boolean isOf(Lanes.Source lane, Part part) {
    return lane.part().equals(part.part) && lane.slab() == part.slab;
  }

  private Layout.Slabbed map() {
    return output.slabbed();
  }

  private int block() {
    return Math.min(map().rows(), ITEM);
  }

  private int blocks() {
    return Math.ceilDiv(map().rows(), block());
  }

  @Override
  public long count() {
    return (long) map().batch() * slabs.size() * blocks();
  }

  @Override
  public long weight() {
    return (long) block() * LANES;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr rest = index.floorDiv(blocks());
    Expr slab = code.let("slab", rest.floorMod(slabs.size()));
    Expr image = code.let("image", rest.floorDiv(slabs.size()));
    // The last one may begin before the one before it ends.
    Expr row = code.let("row", index.floorMod(blocks()).times(block()).min(map().rows() - block()));
    write(code, memory, new Position(image, slab, row), 0, slabs.size());
  }

  /** Where an item begins. */
  private record Position(Expr image, Expr slab, Expr row) {}

  /** Finds the slab by halves. */
  private void write(Code code, Memory memory, Position at, int first, int end) {
    if (end - first > 1) {
      int middle = (first + end) / 2;
      code.when(
          at.slab.lessThan(middle),
          then -> write(then, memory, at, first, middle),
          otherwise -> write(otherwise, memory, at, middle, end));
      return;
    }
    code.loop(
        "i",
        block(),
        (body, i) -> {
          Expr row = body.let("position", at.row.plus(i));
          Expr vector = null;
          for (Part part : slabs.get(first)) {
            Expr next = load(memory, part, at.image, row);
            List<Expr> vectors = vector == null ? List.of(next) : List.of(vector, next);
            vector = body.let("lanes", Expr.shuffle(vectors, part.lanes));
          }
          Expr place = place(output, first, at.image, row);
          body.store(memory.bufferOf(output), place.plus(memory.start(output)), vector);
        });
  }

  private static Expr load(Memory memory, Part part, Expr image, Expr row) {
    Buffer from = memory.bufferOf(part.part);
    return from.load(place(part.part, part.slab, image, row).plus(memory.start(part.part)), LANES);
  }

  private static Expr place(Slot slot, int slab, Expr image, Expr row) {
    Layout.Slabbed slabs = slot.slabbed();
    return image.times(Math.toIntExact(slabs.imageElements())).plus(row.times(LANES)).plus(slab * slabs.rows() * LANES);
  }
}

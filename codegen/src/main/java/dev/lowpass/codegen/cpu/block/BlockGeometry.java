package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.map.DepthwiseTile;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.op.Window;

/**
 * How a fused block cuts its map into strips, and where things lie in a worker's private memory: [ring][strip][list].
 *
 * <p>With s rows of output a strip and stride t, strip k needs rows below s·t·(k+1) + c, where c = reach - t - pad. Row
 * r lies in the ring at (r - c) modulo its length, so that the s·t new rows of every strip lie side by side.
 *
 * @param lanes that are computed of the channels in between
 * @param stripRows rows of output in a strip
 */
record BlockGeometry(BlockStep step, int lanes, int stripRows) {
  static BlockGeometry of(Workshop workshop, BlockStep step) {
    // A power of two, and with it the ring: wrapping around is then one instruction, and the new rows of a strip never
    // wrap within themselves.
    int rows = Math.max(1, workshop.chosen(Knob.STRIP) / step.output().slabbed().width());
    return new BlockGeometry(
        step, workshop.machine().computedLanes(step.channels()), Integer.highestOneBit(rows));
  }

  Layout.Slabbed output() {
    return step.output().slabbed();
  }

  /** Of the map. */
  int height() {
    return step.mapHeight();
  }

  /** Of the map. */
  int width() {
    return step.mapWidth();
  }

  /** Of the map. */
  int slabs() {
    return Math.ceilDiv(step.channels(), LANES);
  }

  boolean hasRing() {
    return step.producer().isPresent();
  }

  DepthwiseTile tile() {
    return new DepthwiseTile(
        step.window(), height(), width(), output().height(), output().width(), step.after());
  }

  int strips() {
    return Math.ceilDiv(output().height(), stripRows);
  }

  /** Rows of output in the last strip. */
  int lastStripRows() {
    return output().height() - (strips() - 1) * stripRows;
  }

  /** Rows of the map that a strip is the first to read. */
  int newRows() {
    return stripRows * step.window().stride(0);
  }

  /** Rows of the map below its new ones that a strip needs. */
  int lookAhead() {
    Window window = step.window();
    return window.reach(0) - window.stride(0) - window.before(0);
  }

  /** Rows of the ring. */
  int ring() {
    int kept = Math.max(0, step.window().reach(0) - step.window().stride(0));
    return Integer.highestOneBit(2 * (newRows() + kept) - 1);
  }

  /** Elements of one slab of the ring. */
  int ringElements() {
    return ring() * width() * LANES;
  }

  /** Positions of one slab of the strip between depthwise and projection. */
  int stripPositions() {
    return stripRows * output().width();
  }

  /** Elements of one slab of the strip. */
  int stripElements() {
    return stripPositions() * LANES;
  }

  int stripAt() {
    return hasRing() ? slabs() * ringElements() : 0;
  }

  /** Where the projection's list of what is not zero lies. */
  int listAt() {
    return stripAt() + slabs() * stripElements();
  }
}

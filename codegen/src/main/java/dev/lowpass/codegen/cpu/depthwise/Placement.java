package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Expr;

/**
 * Which part of the whole a task is.
 *
 * @param group of slabs that are made at once
 * @param chunk of the map
 * @param far other than 0 if the input may lie in another core's cache
 */
record Placement(Entry entry, Expr image, Expr group, Expr chunk, Expr far) {
  /** Where the image begins that the task is about. */
  Expr image(Layout.Slabbed of) {
    return image.times(Math.toIntExact(of.imageElements()));
  }

  /** The address of {@code slab} of the image in {@code slot}. */
  Expr slab(Slot slot, Expr slab) {
    return entry.address(slot, image(slot.slabbed()).plus(slab.times(slot.slabbed().rows() * Layout.LANES)));
  }

  /** An address in the memory of the one who does the task. */
  Expr privateAddress(int offset) {
    return entry.privateAddress(entry.worker(), offset);
  }

  Expr privateAddress(Expr offset) {
    return entry.privateAddress(entry.worker(), offset);
  }
}

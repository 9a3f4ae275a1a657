package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.ThreadAxis;
import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import java.util.List;
import java.util.function.BiConsumer;

/** The work-items of a launch: {@code groups} of {@code items} each, which share memory and wait for each other. */
record Grid(Extent groups, Extent items) {
  /** Work-items of a group where nothing else says how many: eight warps. */
  private static final int USUAL = 256;

  private static final List<ThreadAxis> AXES =
      List.of(
          ThreadAxis.BLOCK_Z,
          ThreadAxis.BLOCK_Y,
          ThreadAxis.BLOCK_X,
          ThreadAxis.THREAD_Z,
          ThreadAxis.THREAD_Y,
          ThreadAxis.THREAD_X);

  /** A line of at least {@code count} items, at least one. */
  static Grid line(long count) {
    int items = Math.clamp(count, 1, USUAL);
    return of(Math.toIntExact(Math.ceilDiv(Math.max(1, count), items)), 1, 1, items, 1);
  }

  /** Groups along three axes, of items along two. */
  static Grid of(int groupsX, int groupsY, int groupsZ, int itemsX, int itemsY) {
    return new Grid(new Extent(groupsX, groupsY, groupsZ), new Extent(itemsX, itemsY, 1));
  }

  /** Which group and which item of it the code is about; 0 along an axis of one. */
  record Place(Expr groupX, Expr groupY, Expr groupZ, Expr itemX, Expr itemY) {
    /** The item's number in a grid that is a line. */
    Expr number(Grid line) {
      return groupX.times(line.items().x()).plus(itemX);
    }
  }

  /** The loops over all items, with what {@code body} writes for one of them. */
  void launch(Code code, BiConsumer<Code, Place> body) {
    launch(code, 0, new Expr[AXES.size()], body);
  }

  private void launch(Code code, int axis, Expr[] ids, BiConsumer<Code, Place> body) {
    if (axis == AXES.size()) {
      body.accept(code, new Place(ids[2], ids[1], ids[0], ids[5], ids[4]));
      return;
    }
    List<Integer> extents =
        List.of(groups.z(), groups.y(), groups.x(), items.z(), items.y(), items.x());
    int extent = extents.get(axis);
    boolean last = axis == AXES.size() - 1;
    if (extent == 1 && !last) {
      ids[axis] = Expr.i32(0);
      launch(code, axis + 1, ids, body);
    } else {
      code.loop(
          "i" + axis,
          extent,
          AXES.get(axis),
          (inner, id) -> {
            ids[axis] = id;
            launch(inner, axis + 1, ids, body);
          });
    }
  }
}

package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Views;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Spares copies: what is only joined to others is written to its part of the whole at once, and a slice is read where
 * it lies. Every value is written once and nothing is overwritten while somebody reads it, so that it does not matter who
 * else reads a part, or the whole.
 *
 * <p>A part of several wholes lies in the last one; an earlier whole whose parts all lie there side by side is a part of
 * it as well. What cannot lie where it is wanted is copied there: arguments and constants, a part that comes twice, and
 * one that another whole has.
 *
 * <p>Parts are consecutive in memory, whole slabs for instance, and begin at a multiple of the vectors' alignment.
 */
final class InPlace {
  private final List<Step> steps;
  private final SlotNames names;
  private final Set<Slot> written = new HashSet<>();
  private final Map<Slot, Views.Place> places = new LinkedHashMap<>();

  /** By its place among the steps, what is left of a movement. */
  private final Map<Integer, List<Step>> left = new HashMap<>();

  private InPlace(List<Step> steps) {
    this.steps = steps;
    this.names = SlotNames.of(steps);
    steps.forEach(step -> written.add(step.output()));
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i) instanceof MoveStep move && move.op().orElse(null) instanceof Concat(int axis)) {
        int index = i;
        joined(move, axis).ifPresent(copies -> left.put(index, copies));
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof MoveStep move && move.op().orElse(null) instanceof Slice slice && isView(move, slice)) {
        left.put(i, List.of());
      }
    }
  }

  static InPlace of(List<Step> steps) {
    return new InPlace(steps);
  }

  /** The steps without movement that there is no need of. */
  List<Step> steps() {
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      all.addAll(left.getOrDefault(i, List.of(steps.get(i))));
    }
    return all;
  }

  Views views() {
    return new Views(places);
  }

  /** What is left to be copied, where some of the parts can be made in place; nothing where none can. */
  private Optional<List<Step>> joined(MoveStep move, int axis) {
    List<Slot> parts = move.inputs().stream().filter(part -> part.shape().dim(axis) > 0).toList();
    List<Views.Place> wanted = new ArrayList<>();
    int start = 0;
    for (Slot part : parts) {
      Optional<Views.Place> place = part(move.output(), axis, start);
      if (place.isEmpty()) {
        return Optional.empty();
      }
      wanted.add(place.orElseThrow());
      start += part.shape().dim(axis);
    }
    if (lieTogether(move.output(), parts, wanted)) {
      return Optional.of(List.of());
    }
    List<Step> copies = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Slot part = parts.get(i);
      if (liesLike(part, move.output()) && written.contains(part) && !places.containsKey(part)) {
        places.put(part, wanted.get(i));
      } else {
        Slot target = target(move.output(), part, i);
        places.put(target, wanted.get(i));
        copies.add(new MoveStep(move.name(), List.of(part), target, Optional.empty()));
      }
    }
    if (copies.size() == parts.size()) {
      copies.forEach(copy -> places.remove(copy.output()));
      return Optional.empty();
    }
    return Optional.of(copies);
  }

  /** Whether {@code parts} lie in one slot as they should lie in {@code whole}, which is a view of it from now on. */
  private boolean lieTogether(Slot whole, List<Slot> parts, List<Views.Place> wanted) {
    if (places.containsKey(whole) || !parts.stream().allMatch(part -> places.containsKey(part) && liesLike(part, whole))) {
      return false;
    }
    Views.Place first = places.get(parts.getFirst());
    for (int i = 1; i < parts.size(); i++) {
      Views.Place place = places.get(parts.get(i));
      boolean follows =
          place.whole().equals(first.whole())
              && place.element() - first.element() == wanted.get(i).element()
              && place.offset() - first.offset() == wanted.get(i).offset();
      if (!follows) {
        return false;
      }
    }
    places.put(whole, first);
    return true;
  }

  private Slot target(Slot whole, Slot part, int index) {
    Layout layout =
        whole.layout() instanceof Layout.Slabs ? slabs(part.shape()) : new Layout.RowMajor(part.shape());
    String name = names.derived(whole.name() + ".part" + index);
    return whole.packed()
        ? Slot.packed(name, whole.element(), part.shape(), layout)
        : Slot.scratch(name, whole.element(), part.shape(), layout);
  }

  private static Layout.Slabs slabs(Shape shape) {
    return new Layout.Slabs(shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3));
  }

  private boolean isView(MoveStep move, Slice slice) {
    Slot whole = move.inputs().getFirst();
    Slot slot = move.output();
    OptionalInt axis = onlyAxis(slice, whole.shape());
    if (axis.isEmpty() || slot.home() != Slot.Home.SCRATCH || places.containsKey(slot) || !liesLike(whole, slot)) {
      return false;
    }
    Optional<Views.Place> place = part(whole, axis.getAsInt(), slice.starts().get(axis.getAsInt()));
    place.ifPresent(found -> places.put(slot, found));
    return place.isPresent();
  }

  /** The axis along which {@code slice} takes neighbours, if it takes all along the others. */
  private static OptionalInt onlyAxis(Slice slice, Shape shape) {
    OptionalInt only = OptionalInt.empty();
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean all = slice.extents().get(axis) == shape.dim(axis) && slice.steps().get(axis) == 1;
      if (!all && (only.isPresent() || slice.steps().get(axis) != 1)) {
        return OptionalInt.empty();
      }
      if (!all) {
        only = OptionalInt.of(axis);
      }
    }
    return only;
  }

  /** Whether both are intermediate values of one kind, so that elements of one may be such of the other. */
  private static boolean liesLike(Slot part, Slot whole) {
    boolean alike =
        part.layout() instanceof Layout.Slabs && whole.layout() instanceof Layout.Slabs
            || part.layout() instanceof Layout.RowMajor && whole.layout() instanceof Layout.RowMajor;
    return alike
        && part.element() == whole.element()
        && part.home() == Slot.Home.SCRATCH
        && whole.home() == Slot.Home.SCRATCH;
  }

  /** What begins at {@code start} of {@code axis} in {@code whole}, if that is one piece of memory. */
  private static Optional<Views.Place> part(Slot whole, int axis, int start) {
    Shape shape = whole.shape();
    boolean one = shape.dims().subList(0, axis).stream().allMatch(extent -> extent == 1);
    if (!one || whole.home() != Slot.Home.SCRATCH) {
      return Optional.empty();
    }
    long element = new Shape(shape.dims().subList(axis + 1, shape.rank())).elements() * start;
    OptionalLong place =
        switch (whole.layout()) {
          case Layout.RowMajor _ -> OptionalLong.of(element);
          case Layout.Slabs slabs when axis == 0 -> OptionalLong.of(slabs.imageElements() * start);
          case Layout.Slabs slabs when axis == 1 && start % Layout.LANES == 0 ->
              OptionalLong.of((long) slabs.rows() * start);
          case Layout.Slabs _, Layout.Coefficients _ -> OptionalLong.empty();
        };
    if (place.isEmpty()) {
      return Optional.empty();
    }
    long offset = place.getAsLong() * whole.elementBytes();
    return offset % MemoryPlan.ALIGNMENT == 0
        ? Optional.of(new Views.Place(whole, element, offset))
        : Optional.empty();
  }
}

package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The copies that together are a step of movement. */
final class Copies {
  /** Each is code of its own; more of them are better moved element by element. */
  private static final int MOST = 12;

  private final MoveStep step;
  private final Slot input;
  private final Places target;
  private final List<Copy> made = new ArrayList<>();
  private boolean fits = true;

  private Copies(MoveStep step) {
    this.step = step;
    this.input = step.inputs().getFirst();
    this.target = Places.of(step.output());
  }

  /**
   * The copies of {@code step}; nothing if it is none of few.
   *
   * @param starts where an operand begins in memory, in elements; asked for operands in one and the same arena
   */
  static Optional<List<Copy>> of(MoveStep step, ToIntFunction<Slot> starts) {
    boolean plain = isPlain(step.output()) && step.inputs().stream().allMatch(Copies::isPlain);
    boolean sameType = step.inputs().stream().allMatch(slot -> slot.element() == step.output().element());
    if (!plain || !sameType) {
      return Optional.empty();
    }
    Copies copies = new Copies(step);
    copies.make(starts);
    return copies.fits && copies.made.size() <= MOST ? Optional.of(copies.made) : Optional.empty();
  }

  /** Whether its elements are words that can be moved without knowing what they mean. */
  private static boolean isPlain(Slot slot) {
    boolean words =
        switch (slot.home()) {
          case SCRATCH, CONSTANT -> slot.words() == 1;
          case INPUT, OUTPUT -> slot.element() == ElementType.F32;
        };
    return words && !slot.isCoefficients();
  }

  private void make(ToIntFunction<Slot> starts) {
    if (step.op().isEmpty()) {
      linked(target, Places.of(input), straight(input.shape()), input);
      return;
    }
    Rearrangement op = step.op().orElseThrow();
    switch (op) {
      case Reshape _ -> reshaped();
      case Transpose(List<Integer> permutation) -> linked(target, Places.of(input), transposed(permutation), input);
      case Slice slice -> linked(target, Places.of(input), sliced(slice), input);
      case Expand _ -> linked(target, Places.of(input), expanded(), input);
      case Pad pad -> padded(pad);
      case Concat(int axis) -> joined(axis, starts);
      case ChannelGather(List<Integer> channels) -> gathered(channels, starts);
      case DepthToSpace depthToSpace -> spread(depthToSpace);
    }
  }

  private void add(Optional<Copy> copy) {
    copy.ifPresentOrElse(made::add, () -> fits = false);
  }

  private static List<Link> straight(Shape shape) {
    return IntStream.range(0, shape.rank()).mapToObj(axis -> Link.all(shape.dim(axis), axis)).toList();
  }

  private List<Link> transposed(List<Integer> permutation) {
    return permutation.stream().map(axis -> Link.all(input.shape().dim(axis), axis)).toList();
  }

  private static List<Link> sliced(Slice slice) {
    return IntStream.range(0, slice.starts().size())
        .mapToObj(
            axis -> new Link(slice.extents().get(axis), 0, axis, slice.starts().get(axis), slice.steps().get(axis)))
        .toList();
  }

  private List<Link> expanded() {
    List<Link> links = new ArrayList<>();
    int added = target.shape().rank() - input.shape().rank();
    for (int axis = 0; axis < target.shape().rank(); axis++) {
      int extent = target.shape().dim(axis);
      boolean repeats = axis < added || input.shape().dim(axis - added) == 1;
      links.add(repeats ? Link.still(extent, 0) : Link.all(extent, axis - added));
    }
    return links;
  }

  /** Elements keep their order: what lies row-major may be read by the other one's shape. */
  private void reshaped() {
    boolean fromRows = input.layout() instanceof Layout.RowMajor;
    boolean toRows = step.output().layout() instanceof Layout.RowMajor;
    if (!fromRows && !toRows) {
      fits = false;
      return;
    }
    Shape shape =
        fromRows && toRows
            ? Shape.of(Math.toIntExact(input.shape().elements()))
            : fromRows ? step.output().shape() : input.shape();
    linked(new Places(step.output().layout(), shape), new Places(input.layout(), shape), straight(shape), input);
  }

  private void linked(Places to, Places from, List<Link> links, Slot source) {
    for (int axis = 0; axis < links.size(); axis++) {
      Link link = links.get(axis);
      if (!to.isSlabbed(axis) && from.isSlabbed(link.axis()) && link.endsInASlab()) {
        // Whole slabs, whose channels are two plain loops, and what is left.
        List<Link> part = new ArrayList<>(links);
        part.set(axis, link.part(0, link.extent() - link.extent() % Places.LANES));
        linked(to, from, part, source);
        part.set(axis, link.part(link.extent() - link.extent() % Places.LANES, link.extent()));
        linked(to, from, part, source);
        return;
      }
    }
    CopyBuilder builder = new CopyBuilder(to);
    boolean channels = false;
    for (int axis = 0; axis < links.size(); axis++) {
      Link link = links.get(axis);
      boolean byChannel = link.axis() != Link.NONE && from.isSlabbed(link.axis());
      long pitch = link.axis() == Link.NONE || byChannel ? 0 : from.pitch(link.axis());
      // The lanes beyond the last channel hold nothing, but reading must stay inside the source.
      boolean ends = to.isSlabbed(axis) && link.extent() % Places.LANES != 0 && link.axis() != Link.NONE;
      if (to.isSlabbed(axis) && link.start() % Places.LANES != 0 || channels && (byChannel || ends)) {
        fits = false;
        return;
      }
      if (byChannel || ends) {
        channels = true;
        int last = link.extent() - 1;
        builder.channels(0, i -> place(from, link, Math.min(i, last)));
        builder.along(axis, link.extent(), link.start(), 0, 1);
      } else {
        builder.skip(pitch * link.begin());
        builder.along(axis, link.extent(), link.start(), pitch * link.step(), 0);
      }
    }
    add(builder.of(source));
  }

  private static long place(Places from, Link link, int index) {
    int place = link.begin() + index * link.step();
    return from.isSlabbed(link.axis()) ? from.channel(place) : place * from.pitch(link.axis());
  }

  private void padded(Pad pad) {
    Shape shape = input.shape();
    List<Link> inside = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      inside.add(new Link(shape.dim(axis), pad.before(axis), axis, 0, 1));
      if (target.isSlabbed(axis) && shape.dim(axis) != target.shape().dim(axis)) {
        fits = false;
        return;
      }
    }
    linked(target, Places.of(input), inside, input);
    for (int axis = 0; axis < shape.rank(); axis++) {
      int before = inside.get(axis).start();
      int after = before + inside.get(axis).extent();
      fill(inside, axis, 0, before, pad.value());
      fill(inside, axis, after, target.shape().dim(axis) - after, pad.value());
    }
  }

  /** The part of the margin that lies beside the inside along {@code axis}, and all along the axes after it. */
  private void fill(List<Link> inside, int axis, int start, int extent, double value) {
    if (extent <= 0) {
      return;
    }
    CopyBuilder builder = new CopyBuilder(target);
    for (int a = 0; a < inside.size(); a++) {
      Link link = inside.get(a);
      if (a == axis) {
        builder.along(a, extent, start, 0, 0);
      } else if (a < axis) {
        builder.along(a, link.extent(), link.start(), 0, 0);
      } else {
        builder.along(a, target.shape().dim(a), 0, 0, 0);
      }
    }
    add(builder.of(value));
  }

  private void joined(int axis, ToIntFunction<Slot> starts) {
    List<Slot> parts = step.inputs().stream().filter(part -> part.shape().dim(axis) > 0).toList();
    if (target.isSlabbed(axis)) {
      gathered(IntStream.range(0, target.shape().dim(1)).boxed().toList(), starts);
      return;
    }
    int start = 0;
    for (Slot part : parts) {
      List<Link> links = new ArrayList<>(straight(part.shape()));
      links.set(axis, new Link(part.shape().dim(axis), start, axis, 0, 1));
      linked(target, Places.of(part), links, part);
      start += part.shape().dim(axis);
    }
  }

  /** Channels of several maps, which lie in one arena: one copy whose table of channels leads to all of them. */
  private void gathered(List<Integer> gathered, ToIntFunction<Slot> starts) {
    List<Slot> parts = step.inputs().stream().filter(part -> part.shape().elements() > 0).toList();
    if (!Lanes.fit(step.output(), parts)) {
      fits = false;
      return;
    }
    List<Lanes.Source> sources = Lanes.sources(parts, gathered);
    Shape shape = step.output().shape();
    int channels = Math.ceilDiv(shape.dim(1), Places.LANES) * Places.LANES;
    long[] table = new long[shape.dim(0) * channels];
    for (int entry = 0; entry < table.length; entry++) {
      Lanes.Source source = sources.get(Math.min(entry % channels, shape.dim(1) - 1));
      Places places = Places.of(source.part());
      long first = starts.applyAsInt(source.part()) - starts.applyAsInt(parts.getFirst());
      table[entry] = first + entry / channels * places.pitch(0) + places.channel(source.channel());
    }
    CopyBuilder builder = new CopyBuilder(target);
    builder.channels(0, i -> table[i]);
    builder.along(0, shape.dim(0), 0, 0, channels);
    builder.along(1, shape.dim(1), 0, 0, 1);
    builder.along(2, shape.dim(2), 0, (long) shape.dim(3) * Places.LANES, 0);
    builder.along(3, shape.dim(3), 0, Places.LANES, 0);
    add(builder.of(parts.getFirst()));
  }

  private void spread(DepthToSpace op) {
    Places from = Places.of(input);
    int block = op.block();
    int outputs = step.output().shape().dim(1);
    int channel = op.together() ? block * block : 1;
    int place = op.together() ? 1 : outputs;
    int last = input.shape().dim(1) - 1;
    CopyBuilder builder = new CopyBuilder(target);
    builder.channels(0, i -> from.channel(Math.min(i, last)));
    builder.along(0, input.shape().dim(0), 0, from.pitch(0), 0);
    builder.along(1, outputs, 0, 0, channel);
    builder.apart(input.shape().dim(2), block * target.pitch(2), from.pitch(2), 0);
    builder.apart(block, target.pitch(2), 0, block * place);
    builder.apart(input.shape().dim(3), block * target.pitch(3), from.pitch(3), 0);
    builder.apart(block, target.pitch(3), 0, place);
    add(builder.of(input));
  }
}

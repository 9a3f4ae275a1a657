package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Movement of data. */
final class MovementMakers {
  static final List<Maker> ALL =
      List.of(
          MovementMakers::reshape,
          MovementMakers::transpose,
          MovementMakers::slice,
          MovementMakers::concat,
          MovementMakers::channelGather,
          MovementMakers::pad,
          MovementMakers::depthToSpace,
          MovementMakers::spaceToDepth);

  private MovementMakers() {}

  private static Optional<Value> any(Draft draft) {
    return draft.value(type -> type.shape().rank() > 0);
  }

  private static Optional<Maker.Idea> reshape(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              int rest = Math.toIntExact(x.type().shape().elements());
              List<Integer> dims = new ArrayList<>();
              for (int axes = 1 + draft.below(4); axes > 1 && rest > 1; axes--) {
                int extent = 1 + draft.below(rest);
                while (rest % extent != 0) {
                  extent--;
                }
                dims.add(extent);
                rest /= extent;
              }
              dims.add(rest);
              return Maker.Idea.of(new Reshape(new Shape(dims)), x);
            });
  }

  private static Optional<Maker.Idea> transpose(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              List<Integer> order = new ArrayList<>(IntStream.range(0, x.type().shape().rank()).boxed().toList());
              Collections.shuffle(order, new Random(draft.below(1 << 20)));
              return Maker.Idea.of(new Transpose(order), x);
            });
  }

  private static Optional<Maker.Idea> slice(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              List<Integer> starts = new ArrayList<>();
              List<Integer> extents = new ArrayList<>();
              List<Integer> steps = new ArrayList<>();
              for (int extent : x.type().shape().dims()) {
                boolean whole = draft.chance(2);
                int start = whole ? 0 : draft.below(extent);
                int step = whole ? 1 : draft.chance(3) ? -1 - draft.below(2) : 1 + draft.below(2);
                int room = step > 0 ? (extent - 1 - start) / step : start / -step;
                starts.add(start);
                steps.add(step);
                extents.add(whole ? extent : 1 + draft.below(room + 1));
              }
              return Maker.Idea.of(new Slice(starts, extents, steps), x);
            });
  }

  private static Optional<Maker.Idea> concat(Draft draft) {
    return any(draft)
        .map(
            first -> {
              int axis = draft.below(first.type().shape().rank());
              List<Value> parts = new ArrayList<>(List.of(first));
              for (int more = draft.below(3); more > 0; more--) {
                draft
                    .value(
                        type ->
                            type.element() == first.type().element()
                                && type.shape().rank() == first.type().shape().rank()
                                && type.shape().with(axis, 1).equals(first.type().shape().with(axis, 1)))
                    .ifPresent(parts::add);
              }
              return new Maker.Idea(new Concat(axis), parts);
            });
  }

  private static Optional<Maker.Idea> pad(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              List<Integer> pads = new ArrayList<>();
              for (int i = 0; i < 2 * x.type().shape().rank(); i++) {
                pads.add(draft.chance(2) ? 0 : draft.below(3));
              }
              return Maker.Idea.of(new Pad(pads, draft.below(3)), x);
            });
  }

  /** Of one image, or of two. */
  private static Optional<Maker.Idea> channelGather(Draft draft) {
    return draft
        .value(type -> type.shape().rank() == 4 && type.shape().elements() > 0)
        .flatMap(
            x -> {
              Shape shape = x.type().shape();
              Optional<Value> other =
                  draft
                      .value(type -> type.element() == x.type().element() && type.shape().rank() == 4
                          && type.shape().with(1, 0).equals(shape.with(1, 0)))
                      .filter(_ -> draft.chance(2));
              List<Value> images = other.map(z -> List.of(x, z)).orElse(List.of(x));
              int channels = images.stream().mapToInt(image -> image.type().shape().dim(1)).sum();
              List<Integer> taken =
                  IntStream.range(0, 1 + draft.below(2 * channels)).map(_ -> draft.below(channels)).boxed().toList();
              return Maker.Idea.of(new ChannelGather(taken), images.toArray(Value[]::new));
            });
  }

  private static Optional<Maker.Idea> depthToSpace(Draft draft) {
    int block = 1 + draft.below(4);
    return draft
        .value(type -> type.shape().rank() == 4 && type.shape().dim(1) % (block * block) == 0)
        .flatMap(x -> Maker.Idea.of(new DepthToSpace(block, draft.chance(2)), x));
  }

  /** As ONNX's SpaceToDepth is read. */
  private static Optional<Maker.Idea> spaceToDepth(Draft draft) {
    int block = 2 + draft.below(2);
    return draft
        .value(type -> type.shape().rank() == 4 && type.shape().dim(2) % block == 0 && type.shape().dim(3) % block == 0)
        .flatMap(
            x -> {
              Shape shape = x.type().shape();
              int height = shape.dim(2) / block;
              int width = shape.dim(3) / block;
              Shape split = Shape.of(shape.dim(0), shape.dim(1), height, block, width, block);
              Value apart = draft.step(new Reshape(split), x);
              Value turned = draft.step(new Transpose(List.of(0, 3, 5, 1, 2, 4)), apart);
              Shape merged = Shape.of(shape.dim(0), shape.dim(1) * block * block, height, width);
              return Maker.Idea.of(new Reshape(merged), turned);
            });
  }
}

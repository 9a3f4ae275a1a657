package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.NearestRounding;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.SamplePlaces;
import java.util.List;
import java.util.Optional;

/** Maps on another grid: with the filters of our own and in all the ways that ONNX has. */
final class ResamplingMakers {
  static final List<Maker> ALL =
      List.of(ResamplingMakers::resize, ResamplingMakers::interpolation, ResamplingMakers::interpolation);

  private ResamplingMakers() {}

  private static Optional<Maker.Idea> resize(Draft draft) {
    ResizeFilter filter = ResizeFilter.values()[draft.below(ResizeFilter.values().length)];
    return draft
        .image()
        .flatMap(
            x -> {
              Shape image = x.type().shape();
              List<Integer> crop = List.of(1 + draft.below(image.dim(2)), 1 + draft.below(image.dim(3)));
              return Maker.Idea.of(new Resize(size(draft), draft.chance(3) ? crop : List.of(), filter), x);
            });
  }

  private static List<Integer> size(Draft draft) {
    return List.of(1 + draft.below(12), 1 + draft.below(12));
  }

  private static Optional<Maker.Idea> interpolation(Draft draft) {
    return draft
        .image()
        .flatMap(
            x -> {
              SamplePlaces.Rule rule = SamplePlaces.Rule.values()[draft.below(SamplePlaces.Rule.values().length)];
              boolean crops = rule == SamplePlaces.Rule.TF_CROP_AND_RESIZE;
              List<Float> scales = draft.chance(2) || crops ? List.of() : List.of(scale(draft), scale(draft));
              SamplePlaces places = new SamplePlaces(rule, scales, crops ? region(draft) : List.of());
              List<Integer> size = scales.isEmpty() ? size(draft) : scaled(x.type().shape(), scales);
              boolean unread =
                  crops && keepsAnAxis(size, x.type().shape()) || !scales.isEmpty() && keepsAll(size, x.type().shape());
              if (size.contains(0) || unread) {
                return Optional.empty();
              }
              Interpolation kernel = kernel(draft, places);
              boolean copied = kernel.antialias() && !scales.isEmpty() && keepsAnAxis(size, x.type().shape());
              return copied || isOnEdges(kernel) ? Optional.empty() : Maker.Idea.of(new Resize(size, kernel), x);
            });
  }

  /** The middle of a map that is symmetric lies on a sample, or between two, and rounding decides which one is nearest. */
  private static boolean isOnEdges(Interpolation kernel) {
    return kernel.kernel() == Interpolation.Kernel.NEAREST
        && kernel.places().rule() == SamplePlaces.Rule.HALF_PIXEL_SYMMETRIC
        && !kernel.places().scales().isEmpty();
  }

  /** ONNX Runtime reads all of an axis whose extent stays, whatever region or, with wide kernels, scale there is. */
  private static boolean keepsAnAxis(List<Integer> size, Shape image) {
    return size.get(0) == image.dim(2) || size.get(1) == image.dim(3);
  }

  /** ONNX Runtime copies a map whose extents stay, whatever the scales are. */
  private static boolean keepsAll(List<Integer> size, Shape image) {
    return size.equals(List.of(image.dim(2), image.dim(3)));
  }

  private static float scale(Draft draft) {
    return draft.chance(2) ? 1 + draft.below(3) : (float) draft.real(0.3, 3);
  }

  /** Parts of the map, some of which are beyond its border. */
  private static List<Float> region(Draft draft) {
    return List.of(
        (float) draft.real(-0.2, 0.5),
        (float) draft.real(-0.2, 0.5),
        (float) draft.real(0.5, 1.2),
        (float) draft.real(0.5, 1.2));
  }

  private static List<Integer> scaled(Shape image, List<Float> scales) {
    return List.of((int) (image.dim(2) * scales.get(0)), (int) (image.dim(3) * scales.get(1)));
  }

  /** ONNX Runtime leaves out what is outside for cubic kernels only. */
  private static Interpolation kernel(Draft draft, SamplePlaces places) {
    NearestRounding[] roundings = NearestRounding.values();
    return switch (Interpolation.Kernel.values()[draft.below(Interpolation.Kernel.values().length)]) {
      case NEAREST -> {
        NearestRounding rounding = roundings[draft.below(roundings.length)];
        yield new Interpolation(Interpolation.Kernel.NEAREST, places, rounding, -0.75f, false, false);
      }
      case LINEAR ->
          new Interpolation(
              Interpolation.Kernel.LINEAR, places, roundings[0], -0.75f, draft.chance(2), false);
      case CUBIC -> {
        float cubic = (float) draft.real(-1, -0.25);
        boolean antialias = draft.chance(2);
        yield new Interpolation(
            Interpolation.Kernel.CUBIC, places, roundings[0], cubic, antialias, draft.chance(2));
      }
    };
  }
}

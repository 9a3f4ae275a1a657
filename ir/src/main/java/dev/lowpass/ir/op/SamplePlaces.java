package dev.lowpass.ir.op;

import java.util.List;
import java.util.Locale;

/**
 * Where the outputs of a {@link Resize} lie, counted in inputs (ONNX Resize, coordinate_transformation_mode).
 *
 * @param scales outputs for each input [vertical, horizontal]; empty for those that follow from the extents
 * @param region what {@link Rule#TF_CROP_AND_RESIZE} reads, in parts of the map [top, left, bottom, right]; else empty
 */
public record SamplePlaces(Rule rule, List<Float> scales, List<Float> region) {
  private static final List<String> SCALES = List.of("vertical_scale", "horizontal_scale");
  private static final List<String> REGION = List.of("top", "left", "bottom", "right");

  /** ONNX's modes. */
  public enum Rule {
    HALF_PIXEL,
    HALF_PIXEL_SYMMETRIC,
    PYTORCH_HALF_PIXEL,
    ALIGN_CORNERS,
    ASYMMETRIC,
    TF_HALF_PIXEL_FOR_NN,
    TF_CROP_AND_RESIZE;

    /** The one that ONNX or IR text calls {@code text}. */
    public static Rule parse(String text) {
      for (Rule rule : values()) {
        if (rule.toString().equals(text)) {
          return rule;
        }
      }
      throw new IllegalArgumentException("no coordinates '" + text + "'");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SamplePlaces {
    scales = List.copyOf(scales);
    region = List.copyOf(region);
    if (!scales.isEmpty() && (scales.size() != 2 || scales.stream().anyMatch(scale -> !(scale > 0)))) {
      throw new IllegalArgumentException("scales are two numbers above 0 [vertical, horizontal], not " + scales);
    }
    if (region.size() != (rule == Rule.TF_CROP_AND_RESIZE ? 4 : 0)) {
      throw new IllegalArgumentException("a region of " + region + " for " + rule);
    }
  }

  static SamplePlaces parse(Attributes attributes) {
    return new SamplePlaces(
        attributes.word("coordinates", Rule::parse, "a way to place samples such as half_pixel"),
        reals(attributes, SCALES),
        reals(attributes, REGION));
  }

  private static List<Float> reals(Attributes attributes, List<String> names) {
    return attributes.entries().containsKey(names.getFirst())
        ? names.stream().map(name -> (float) attributes.real(name)).toList()
        : List.of();
  }

  Attributes addTo(Attributes attributes) {
    Attributes all = attributes.with("coordinates", new Attributes.Word(rule.toString()));
    return with(with(all, SCALES, scales), REGION, region);
  }

  private static Attributes with(Attributes attributes, List<String> names, List<Float> values) {
    Attributes all = attributes;
    for (int i = 0; i < values.size(); i++) {
      all = all.with(names.get(i), (double) values.get(i));
    }
    return all;
  }

  /** Outputs for each input. */
  float scale(int axis, int inputs, int outputs) {
    return scales.isEmpty() ? (float) outputs / inputs : scales.get(axis);
  }

  /** Whether every output of an axis is the input of its number. */
  boolean isIdentity(int axis, int inputs, int outputs) {
    boolean isWhole = region.isEmpty() || region.get(axis) == 0 && region.get(axis + 2) == 1;
    return inputs == outputs && scale(axis, inputs, outputs) == 1 && isWhole;
  }

  /** Whether ONNX's extrapolation_value is the result at {@code place}. */
  boolean isOutside(float place, int inputs) {
    return rule == Rule.TF_CROP_AND_RESIZE && (place < 0 || place > inputs - 1);
  }

  /** Whether ONNX's extrapolation_value is output {@code index} of an axis. */
  public boolean isOutside(int axis, int index, int inputs, int outputs) {
    return !isIdentity(axis, inputs, outputs) && isOutside(of(axis, index, inputs, outputs), inputs);
  }

  /** The place of output {@code index}. */
  float of(int axis, int index, int inputs, int outputs) {
    float scale = scale(axis, inputs, outputs);
    return switch (rule) {
      case HALF_PIXEL -> (index + 0.5f) / scale - 0.5f;
      case HALF_PIXEL_SYMMETRIC -> {
        float adjustment = outputs / (scale * inputs);
        float centre = inputs / 2f;
        yield centre * (1 - adjustment) + (index + 0.5f) / scale - 0.5f;
      }
      case PYTORCH_HALF_PIXEL -> outputs > 1 ? (index + 0.5f) / scale - 0.5f : 0;
      case ALIGN_CORNERS -> outputs > 1 ? (float) index * (inputs - 1) / (outputs - 1) : 0;
      case ASYMMETRIC -> index / scale;
      case TF_HALF_PIXEL_FOR_NN -> (index + 0.5f) / scale;
      case TF_CROP_AND_RESIZE -> {
        float start = region.get(axis);
        float end = region.get(axis + 2);
        yield outputs > 1
            ? start * (inputs - 1) + index * (end - start) * (inputs - 1) / (outputs - 1)
            : 0.5f * (start + end) * (inputs - 1);
      }
    };
  }
}

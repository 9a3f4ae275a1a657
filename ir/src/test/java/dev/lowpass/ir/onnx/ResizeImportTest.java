package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.real;
import static dev.lowpass.ir.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResizeImportTest {
  private static final List<AttributeProto> CUBIC =
      List.of(
          text("mode", "cubic"),
          integer("antialias", 1),
          integer("exclude_outside", 1),
          real("cubic_coeff_a", -0.5f));

  private static ModelBuilder resize(List<AttributeProto> attributes, long... sizes) {
    return ModelBuilder.opset(18)
        .input("x", 1, 3, 8, 8)
        .indices("sizes", sizes)
        .node("Resize", List.of("x", "", "", "sizes"), "y", attributes.toArray(AttributeProto[]::new));
  }

  /** The attributes of cubic, with another of the same name in place of one. */
  private static List<AttributeProto> cubic(AttributeProto other) {
    List<AttributeProto> attributes = new ArrayList<>(CUBIC);
    attributes.removeIf(attribute -> attribute.getName().equals(other.getName()));
    attributes.add(other);
    return attributes;
  }

  @Test
  void antialiasedModesAreFilters() {
    assertThat(resize(CUBIC, 1, 3, 6, 4).operators()).containsExactly(new Resize(List.of(6, 4), ResizeFilter.CUBIC));
    assertThat(resize(cubic(text("mode", "linear")), 1, 3, 6, 4).operators())
        .containsExactly(new Resize(List.of(6, 4), ResizeFilter.LINEAR));
  }

  @Test
  void otherFormsAreNotSupportedAsYet() {
    assertUnsupported(resize(cubic(integer("antialias", 0)), 1, 3, 6, 4), "antialias = 0");
    assertUnsupported(resize(cubic(integer("exclude_outside", 0)), 1, 3, 6, 4), "exclude_outside = 0");
    assertUnsupported(resize(cubic(real("cubic_coeff_a", -0.75f)), 1, 3, 6, 4), "cubic_coeff_a = -0.75");
    assertUnsupported(resize(cubic(text("mode", "nearest")), 1, 3, 6, 4), "mode = nearest");
    assertUnsupported(
        resize(cubic(text("coordinate_transformation_mode", "asymmetric")), 1, 3, 6, 4),
        "coordinate_transformation_mode = asymmetric");
    assertUnsupported(
        resize(CUBIC, 1, 6, 6, 4), "sizes [1, 6, 6, 4] of [1, 3, 8, 8], which are not those of maps alone");
  }

  private static void assertUnsupported(ModelBuilder model, String what) {
    assertThatThrownBy(model::read).hasMessage("LP1009 y_node: Resize with " + what + " is not supported");
  }
}

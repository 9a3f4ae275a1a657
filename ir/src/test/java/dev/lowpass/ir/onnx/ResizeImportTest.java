package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.integers;
import static dev.lowpass.ir.onnx.ModelBuilder.real;
import static dev.lowpass.ir.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.NearestRounding;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.SamplePlaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
  void otherFormsAreInterpolations() {
    SamplePlaces places = new SamplePlaces(SamplePlaces.Rule.ASYMMETRIC, List.of(), List.of());
    NearestRounding rounding = NearestRounding.ROUND_PREFER_FLOOR;
    assertThat(resize(cubic(text("coordinate_transformation_mode", "asymmetric")), 1, 3, 6, 4).operators())
        .containsExactly(
            new Resize(
                List.of(6, 4),
                new Interpolation(Interpolation.Kernel.CUBIC, places, rounding, -0.5f, true, true)));
  }

  /** One axis at a time, or two neighbours, under another shape. */
  @Test
  void channelsAreRowsOfAnotherMap() {
    assertThat(resize(CUBIC, 1, 6, 6, 4).operators())
        .containsExactly(
            new Resize(List.of(6, 4), ResizeFilter.CUBIC),
            new Reshape(Shape.of(1, 1, 3, 24)),
            new Resize(List.of(6, 24), ResizeFilter.CUBIC),
            new Reshape(Shape.of(1, 6, 6, 4)));
  }

  @Test
  void theAspectMayBeKept() {
    List<AttributeProto> attributes = new ArrayList<>(CUBIC);
    attributes.add(text("keep_aspect_ratio_policy", "not_larger"));
    attributes.add(integers("axes", 2, 3));
    assertThat(resize(attributes, 4, 7).read().outputs().getFirst().value().type())
        .isEqualTo(TensorType.f32(1, 3, 4, 4));
  }

  @Test
  void malformedOnes() {
    assertThatThrownBy(resize(CUBIC, 6, 4)::read)
        .hasMessage("LP1010 y_node: Resize is malformed: sizes [6, 4] for 4 axes");
    assertThatThrownBy(resize(cubic(text("mode", "area")), 1, 3, 6, 4)::read)
        .hasMessage("LP1010 y_node: Resize is malformed: mode is area");
    assertThatThrownBy(resize(CUBIC, 1, 3, 0, 4)::read)
        .hasMessageStartingWith("LP1010 y_node: Resize is malformed: an axis of 8 samples, of which 0.0 to 1.0 become 0");
  }

  private static ModelBuilder wide(String mode) {
    return ModelBuilder.opset(19)
        .input(DataType.INT64, "x", 1, 1, 1, 3)
        .tensor("scales", Tensor.of(new float[] {1, 1, 2, 2}, 4))
        .node("Resize", List.of("x", "", "scales"), "y", text("mode", mode));
  }

  @Test
  void whatIsNearestIsOfAnyType() {
    Tensor x = Tensor.ofIntegers(ElementType.I64, new long[] {1L << 40, -7, 3}, Shape.of(1, 1, 1, 3));
    Tensor y = Interpreter.run(wide("nearest").read(), Map.of("x", x)).firstEntry().getValue();
    assertThat(y.integers()).containsExactly(1L << 40, 1L << 40, -7, -7, 3, 3, 1L << 40, 1L << 40, -7, -7, 3, 3);
    assertThatThrownBy(wide("linear")::read)
        .hasMessage("LP1009 y_node: Resize with elements of type i64 that are not the nearest is not supported");
  }

  /** Weights add up to 1 but for rounding, which must not lose a whole number. */
  @Test
  void whatIsEqualStaysEqual() {
    ModelBuilder model =
        ModelBuilder.opset(19)
            .input(DataType.UINT8, "x", 1, 2, 4, 4, 4)
            .tensor("scales", Tensor.of(new float[] {1, 1, 2, 1.5f, 2}, 5))
            .node("Resize", List.of("x", "", "scales"), "y", text("mode", "linear"));
    long[] same = new long[2 * 4 * 4 * 4];
    Arrays.fill(same, 80);
    Tensor x = Tensor.ofIntegers(ElementType.U8, same, Shape.of(1, 2, 4, 4, 4));
    Tensor y = Interpreter.run(model.read(), Map.of("x", x)).firstEntry().getValue();
    assertThat(Arrays.stream(y.integers()).distinct()).containsExactly(80L);
  }
}

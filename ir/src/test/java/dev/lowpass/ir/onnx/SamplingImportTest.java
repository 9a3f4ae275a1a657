package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.integers;
import static dev.lowpass.ir.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators that read or write at places of their own: grids, regions, the places of maxima, blocks. Inputs count 0, 1, 2, … */
class SamplingImportTest {
  private static Tensor grid(float... places) {
    return Tensor.of(places, 1, 1, places.length / 2, 2);
  }

  private static ModelBuilder sampled(String mode, String padding, float... places) {
    return ModelBuilder.opset(20)
        .input("x", 1, 1, 2, 3)
        .tensor("grid", grid(places))
        .node(
            "GridSample",
            List.of("x", "grid"),
            "y",
            text("mode", mode),
            text("padding_mode", padding),
            integer("align_corners", 1));
  }

  @Test
  void gridsSayWidthFirst() {
    assertThat(sampled("nearest", "zeros", -1, -1, 1, -1, -1, 1).run().floats()).containsExactly(0, 2, 3);
    assertThat(sampled("linear", "zeros", 0, 0, 0.5f, 1).run().floats()).containsExactly(2.5f, 4.5f);
  }

  @Test
  void outsideOfGrids() {
    assertThat(sampled("nearest", "zeros", 2, 1, 1, 3).run().floats()).containsExactly(0, 0);
    assertThat(sampled("nearest", "border", 2, 1, 1, 5).run().floats()).containsExactly(5, 5);
    assertThat(sampled("nearest", "reflection", 2, 1, 1, 3).run().floats()).containsExactly(4, 2);
    assertThat(sampled("linear", "zeros", 1.5f, 1).run().floats()).containsExactly(2.5f);
  }

  @Test
  void affineGridsLieBetweenMinusOneAndOne() {
    Tensor theta = Tensor.of(new float[] {1, 0, 0, 0, 1, 0}, 1, 2, 3);
    ModelBuilder model =
        ModelBuilder.opset(20)
            .input("x", 1, 1, 2, 2)
            .tensor("theta", theta)
            .indices("size", 1, 1, 2, 2)
            .node("AffineGrid", List.of("theta", "size"), "grid")
            .node("GridSample", List.of("x", "grid"), "y");
    assertThat(model.run().floats()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void regionsAreMeansOfSamples() {
    ModelBuilder model =
        ModelBuilder.opset(16)
            .input("x", 1, 1, 4, 4)
            .tensor("regions", Tensor.of(new float[] {0.5f, 0.5f, 2.5f, 2.5f}, 1, 4))
            .indices("images", 0)
            .node("RoiAlign", List.of("x", "regions", "images"), "y", integer("sampling_ratio", 2));
    assertThat(model.run().floats()).containsExactly(5);
  }

  @Test
  void asManySamplesAsRegionsDecide() {
    ModelBuilder model =
        ModelBuilder.opset(16)
            .input("x", 1, 1, 4, 4)
            .tensor("regions", Tensor.of(new float[4], 1, 4))
            .indices("images", 0)
            .node("RoiAlign", List.of("x", "regions", "images"), "y");
    assertThatThrownBy(model::read)
        .hasMessage(
            "LP1009 y_node: RoiAlign with sampling_ratio = 0 (as many samples as the regions themselves decide) is not"
                + " supported");
  }

  private static ModelBuilder unpooled(long... shape) {
    return ModelBuilder.opset(11)
        .input("x", 1, 1, 1, 2)
        .tensor("places", Tensor.ofIntegers(ElementType.I64, new long[] {5, 2}, Shape.of(1, 1, 1, 2)))
        .indices("shape", shape)
        .node("MaxUnpool", List.of("x", "places", "shape"), "y", integers("kernel_shape", 2, 2), integers("strides", 2, 2));
  }

  @Test
  void maximaGoBackToTheirPlaces() {
    assertThat(unpooled(1, 1, 2, 4).run().floats()).containsExactly(0, 0, 1, 0, 0, 0, 0, 0);
    assertThatThrownBy(unpooled(1, 1, 3, 4)::read)
        .hasMessage("LP1009 y_node: MaxUnpool with output_shape = [1, 1, 3, 4], where the window says [1, 1, 2, 4], is not supported");
  }

  @Test
  void placesOfMaximaInVolumes() {
    ModelBuilder model =
        ModelBuilder.opset(12)
            .input("x", 1, 1, 2, 3, 2)
            .node("MaxPool", List.of("x"), List.of("y", "places"), integers("kernel_shape", 1, 2, 2))
            .output("places");
    assertThat(model.run().integers()).containsExactly(3, 5, 9, 11);
  }

  @Test
  void placesOfMaximaByColumns() {
    ModelBuilder model =
        ModelBuilder.opset(12)
            .input("x", 1, 1, 2, 3, 2)
            .node(
                "MaxPool",
                List.of("x"),
                List.of("y", "places"),
                integers("kernel_shape", 1, 2, 2),
                integer("storage_order", 1))
            .output("places");
    assertThat(model.run().integers()).containsExactly(8, 10, 9, 11);
  }

  @Test
  void blocksAddUpWhereTheyOverlap() {
    ModelBuilder model =
        ModelBuilder.opset(18)
            .input("x", 1, 2, 3)
            .indices("image", 1, 4)
            .indices("block", 1, 2)
            .node("Col2Im", List.of("x", "image", "block"), "y");
    assertThat(model.run().floats()).containsExactly(0, 1 + 3, 2 + 4, 5);
  }

  @Test
  void theMiddleOfWhatIsTooLong() {
    ModelBuilder model =
        ModelBuilder.opset(18)
            .input("x", 2, 5)
            .indices("shape", 3, 2)
            .node("CenterCropPad", List.of("x", "shape"), "y");
    assertThat(model.run().floats()).containsExactly(1, 2, 6, 7, 0, 0);
  }
}

package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.integers;
import static dev.lowpass.ir.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conv and pooling: pads in all their forms, one-dimensional windows. */
class WindowImportTest {
  private static final List<Integer> TWOS = List.of(2, 2);

  private static ModelBuilder convolution(AttributeProto... attributes) {
    return ModelBuilder.opset(13)
        .input("x", 1, 3, 8, 8)
        .weight("w", 4, 3, 3, 3)
        .weight("b", 4)
        .node("Conv", List.of("x", "w", "b"), "y", attributes);
  }

  private static Window window(ModelBuilder model) {
    return ((Convolution) model.operators().getFirst()).window();
  }

  @Test
  void asymmetricPadsAreKept() {
    assertThat(window(convolution(integers("pads", 0, 0, 1, 1), integers("strides", 2, 2))))
        .isEqualTo(new Window(List.of(3, 3), TWOS, List.of(0, 0, 1, 1), Window.ONES));
  }

  @Test
  void sameUpperPutsTheOddZeroAtTheEnd() {
    assertThat(window(convolution(text("auto_pad", "SAME_UPPER"), integers("strides", 2, 2))).pads())
        .isEqualTo(List.of(0, 0, 1, 1));
  }

  @Test
  void sameLowerPutsTheOddZeroAtTheBeginning() {
    assertThat(window(convolution(text("auto_pad", "SAME_LOWER"), integers("strides", 2, 2))).pads())
        .isEqualTo(List.of(1, 1, 0, 0));
  }

  @Test
  void validHasNoPads() {
    assertThat(window(convolution(text("auto_pad", "VALID"))).pads()).isEqualTo(Window.NO_PADS);
  }

  @Test
  void groupsAndDilations() {
    List<?> operators =
        ModelBuilder.opset(13)
            .input("x", 1, 4, 8, 8)
            .weight("w", 4, 1, 3, 3)
            .node("Conv", List.of("x", "w"), "y", integer("group", 4), integers("dilations", 2, 2))
            .operators();
    Window dilated = new Window(List.of(3, 3), Window.ONES, Window.NO_PADS, TWOS);
    assertThat(operators).hasToString(List.of(new Convolution(dilated, 4)).toString());
  }

  @Test
  void aOneDimensionalConvolutionIsOneOverARow() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 2, 10)
            .weight("w", 3, 2, 5)
            .node("Conv", List.of("x", "w"), "y", integers("pads", 2, 2));
    assertThat(model.operators())
        .containsExactly(
            new Reshape(Shape.of(1, 2, 1, 10)),
            new Convolution(new Window(List.of(1, 5), Window.ONES, List.of(0, 2, 0, 2), Window.ONES), 1),
            new Reshape(Shape.of(1, 3, 10)));
    assertThat(model.read().outputs().getFirst().value().type()).isEqualTo(TensorType.f32(1, 3, 10));
  }

  /** Each depth reads the planes of two taps, as channels. */
  @Test
  void aThreeDimensionalConvolutionIsOneOverPlanes() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 3, 4, 6, 5)
            .weight("w", 7, 3, 2, 3, 3)
            .node("Conv", List.of("x", "w"), "y", integers("pads", 1, 0, 0, 0, 0, 0));
    assertThat(model.read().outputs().getFirst().value().type()).isEqualTo(TensorType.f32(1, 7, 4, 4, 3));
    assertThat(model.operators()).contains(new Convolution(Window.of(3, 1, 0), 1));
  }

  @Test
  void fourSpatialAxesAreNotSupported() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 1, 4, 4, 4, 4)
            .weight("w", 1, 1, 2, 2, 2, 2)
            .node("Conv", List.of("x", "w"), "y");
    assertThatThrownBy(model::read)
        .hasMessageStartingWith("LP1009 y_node: Conv with an operand of shape [1, 1, 4, 4, 4, 4]");
  }

  @Test
  void negativePadsCrop() {
    assertThat(convolution(integers("pads", -1, 0, 1, -2)).operators())
        .containsExactly(
            new Slice(List.of(0, 0, 1, 0), List.of(1, 3, 7, 6), List.of(1, 1, 1, 1)),
            new Convolution(new Window(List.of(3, 3), Window.ONES, List.of(0, 0, 1, 0), Window.ONES), 1));
  }

  @Test
  void weightsThatAreComputedMakeACorrelation() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 3, 8, 8).input("w", 4, 3, 3, 3).node("Conv", List.of("x", "w"), "y");
    assertThat(model.operators()).containsExactly(new Correlation(Window.of(3, 1, 0), 1));
  }

  @Test
  void weightOfAnotherRank() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 3, 8, 8).weight("w", 4, 3, 3).node("Conv", List.of("x", "w"), "y");
    assertThatThrownBy(model::read)
        .hasMessageStartingWith("LP1010 y_node: Conv is malformed: weight of shape [4, 3, 3] for an operand of shape");
  }

  /** Two by two apart: a pointwise product, whose channels are then put side by side. */
  @Test
  void aTransposedConvolutionIsOneWithTheStridesAsChannels() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 3, 4, 5)
            .weight("w", 3, 7, 2, 2)
            .node("ConvTranspose", List.of("x", "w"), "y", integers("strides", 2, 2));
    assertThat(model.operators())
        .containsExactly(new Convolution(Window.of(1, 1, 0), 1), new DepthToSpace(2, false));
  }

  /** Phases are taken from weights that are computed at run time as from those that are known. */
  @Test
  void aTransposedConvolutionWithWeightsOfRunTime() {
    Tensor map = Tensor.of(new float[] {1, 10}, 1, 1, 2);
    ModelBuilder model =
        ModelBuilder.opset(13)
            .tensor("map", map)
            .input("w", 1, 2, 3)
            .node("ConvTranspose", List.of("map", "w"), "y", integers("strides", 2));
    assertThat(model.run().floats()).containsExactly(0, 1, 2, 10, 20, 3, 4, 5 + 30, 40, 50);
  }

  @Test
  void kernelShapeMustBeThatOfTheWeight() {
    assertThatThrownBy(convolution(integers("kernel_shape", 5, 5))::read)
        .hasMessage("LP1010 y_node: Conv is malformed: kernel_shape is [5, 5], but the weight has shape [4, 3, 3, 3]");
  }

  @Test
  void weightForAnotherNumberOfChannels() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 3, 8, 8).weight("w", 4, 2, 3, 3).node("Conv", List.of("x", "w"), "y");
    assertThatThrownBy(model::read)
        .hasMessageStartingWith("LP1010 y_node: Conv is malformed: convolution: weight f32[4, 2, 3, 3] for 3 channels");
  }

  @Test
  void averagePoolCountsPadsIfAsked() {
    ModelBuilder model =
        ModelBuilder.opset(11)
            .input("x", 1, 2, 7, 7)
            .node(
                "AveragePool",
                List.of("x"),
                "y",
                integers("kernel_shape", 3, 3),
                integers("pads", 1, 1, 1, 1),
                integer("count_include_pad", 1),
                integer("ceil_mode", 1));
    assertThat(model.operators()).containsExactly(new AveragePool(Window.of(3, 1, 1), true, true));
  }

  @Test
  void maxPoolWithIndicesThatNobodyReads() {
    ModelBuilder model =
        ModelBuilder.opset(11)
            .input("x", 1, 2, 8, 8)
            .node(
                "MaxPool",
                List.of("x"),
                List.of("y", "indices"),
                integers("kernel_shape", 2, 2),
                integers("strides", 2, 2));
    assertThat(model.operators()).containsExactly(new MaxPool(Window.of(2, 2, 0), false));
    assertThat(model.output("indices").operators())
        .containsExactly(new MaxPool(Window.of(2, 2, 0), false), new MaxPoolIndices(Window.of(2, 2, 0), false, false));
  }
}

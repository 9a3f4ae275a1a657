package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.integer;
import static dev.lowpass.ir.onnx.ModelBuilder.integers;
import static dev.lowpass.ir.onnx.ModelBuilder.real;
import static dev.lowpass.ir.onnx.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Operators that move elements, in the forms of the opsets. */
class MovementImportTest {
  private static Shape resultOf(ModelBuilder model) {
    return model.read().outputs().getFirst().value().type().shape();
  }

  @Test
  void reshapeCopiesAndWorksOutExtents() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 2, 3, 4).indices("shape", 0, -1).node("Reshape", List.of("x", "shape"), "y");
    assertThat(model.operators()).containsExactly(new Reshape(Shape.of(2, 12)));
  }

  @Test
  void reshapeToAnotherSizeIsAnError() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 2, 3).indices("shape", 4, -1).node("Reshape", List.of("x", "shape"), "y");
    assertThatThrownBy(model::read).hasMessage("LP1010 y_node: Reshape is malformed: [2, 3] does not fit into [4, -1]");
  }

  @Test
  void flattenSplitsAtItsAxis() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 2, 3, 4).node("Flatten", List.of("x"), "y", integer("axis", -1));
    assertThat(model.operators()).containsExactly(new Reshape(Shape.of(6, 4)));
  }

  @Test
  void squeezeAxesAreAnAttributeBeforeOpset13() {
    ModelBuilder model =
        ModelBuilder.opset(11).input("x", 1, 4, 1, 1).node("Squeeze", List.of("x"), "y", integers("axes", -1, -2));
    assertThat(resultOf(model)).isEqualTo(Shape.of(1, 4));
  }

  @Test
  void squeezeAxesAreAnOperandFromOpset13() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 4, 1, 1).indices("axes", 2, 3).node("Squeeze", List.of("x", "axes"), "y");
    assertThat(resultOf(model)).isEqualTo(Shape.of(1, 4));
    ModelBuilder all = ModelBuilder.opset(13).input("x", 1, 4, 1, 1).node("Squeeze", List.of("x"), "y");
    assertThat(resultOf(all)).isEqualTo(Shape.of(4));
  }

  @Test
  void unsqueezeAxesCountInTheResult() {
    ModelBuilder attribute =
        ModelBuilder.opset(11).input("x", 3, 4).node("Unsqueeze", List.of("x"), "y", integers("axes", 0, -1));
    assertThat(resultOf(attribute)).isEqualTo(Shape.of(1, 3, 4, 1));
    ModelBuilder operand =
        ModelBuilder.opset(13).input("x", 3, 4).indices("axes", 3, 0).node("Unsqueeze", List.of("x", "axes"), "y");
    assertThat(resultOf(operand)).isEqualTo(Shape.of(1, 3, 4, 1));
  }

  @Test
  void transposeReversesByDefault() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2, 3, 4).node("Transpose", List.of("x"), "y");
    assertThat(model.operators()).containsExactly(new Transpose(List.of(2, 1, 0)));
  }

  @Test
  void concatAxisMayCountFromTheEnd() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("a", 1, 2)
            .input("b", 1, 3)
            .node("Concat", List.of("a", "b"), "y", integer("axis", -1));
    assertThat(model.operators()).containsExactly(new Concat(1));
  }

  @Test
  void sliceBoundsAreAttributesBeforeOpset10() {
    ModelBuilder model =
        ModelBuilder.opset(9)
            .input("x", 1, 6)
            .node(
                "Slice",
                List.of("x"),
                "y",
                integers("starts", 2),
                integers("ends", Long.MAX_VALUE),
                integers("axes", 1));
    assertThat(model.operators()).containsExactly(new Slice(List.of(0, 2), List.of(1, 4), List.of(1, 1)));
  }

  @Test
  void sliceBackwards() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 6)
            .indices("starts", -1)
            .indices("ends", Long.MIN_VALUE)
            .indices("axes", 0)
            .indices("steps", -2)
            .node("Slice", List.of("x", "starts", "ends", "axes", "steps"), "y");
    assertThat(model.run().floats()).containsExactly(5, 3, 1);
  }

  @Test
  void splitIsASliceForEveryOutputThatIsRead() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1, 6)
            .indices("sizes", 1, 2, 3)
            .node("Split", List.of("x", "sizes"), List.of("a", "b", "c"), integer("axis", 1))
            .output("b", "c");
    Shape whole = Shape.of(1, 6);
    assertThat(model.operators()).containsExactly(Slice.along(whole, 1, 1, 2), Slice.along(whole, 1, 3, 3));
  }

  @Test
  void splitIntoUnequalParts() {
    ModelBuilder model =
        ModelBuilder.opset(18)
            .input("x", 5)
            .node("Split", List.of("x"), List.of("a", "b"), integer("num_outputs", 2))
            .output("b");
    assertThat(model.operators()).containsExactly(Slice.along(Shape.of(5), 0, 3, 2));
  }

  @Test
  void padsAreAttributesBeforeOpset11() {
    ModelBuilder model =
        ModelBuilder.opset(9)
            .input("x", 1, 4)
            .node("Pad", List.of("x"), "y", integers("pads", 0, 1, 0, 2), real("value", 7));
    assertThat(model.operators()).containsExactly(new Pad(List.of(0, 1, 0, 2), 7));
  }

  @Test
  void padsOfSomeAxes() {
    ModelBuilder model =
        ModelBuilder.opset(18)
            .input("x", 1, 3, 4, 4)
            .indices("pads", 1, 2)
            .indices("axes", -1)
            .node("Pad", List.of("x", "pads", "", "axes"), "y");
    assertThat(model.operators()).containsExactly(new Pad(List.of(0, 0, 0, 1, 0, 0, 0, 2), 0));
  }

  @Test
  void negativePadsCrop() {
    ModelBuilder model =
        ModelBuilder.opset(11).input("x", 5).indices("pads", -1, 2).node("Pad", List.of("x", "pads"), "y");
    assertThat(model.run().floats()).containsExactly(1, 2, 3, 4, 0, 0);
  }

  @Test
  void padsAreCopiesOfWhatIsThere() {
    assertThat(padded("reflect", 3, 2)).containsExactly(3, 2, 1, 0, 1, 2, 3, 4, 3, 2);
    assertThat(padded("edge", 3, 2)).containsExactly(0, 0, 0, 0, 1, 2, 3, 4, 4, 4);
    assertThat(padded("wrap", 3, 2)).containsExactly(2, 3, 4, 0, 1, 2, 3, 4, 0, 1);
    assertThat(padded("edge", -1, 2)).containsExactly(1, 2, 3, 4, 4, 4);
  }

  private static float[] padded(String mode, long before, long after) {
    return ModelBuilder.opset(19)
        .input("x", 5)
        .indices("pads", before, after)
        .node("Pad", List.of("x", "pads"), "y", text("mode", mode))
        .run()
        .floats();
  }

  @Test
  void padsBeyondOneReflectionGoOnReflecting() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 3)
            .indices("pads", 5, 6)
            .node("Pad", List.of("x", "pads"), "y", text("mode", "reflect"));
    assertThat(model.run().floats()).containsExactly(1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1, 0);
  }

  @Test
  void theNumberAroundMayComeAtRunTime() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 2, 2)
            .indices("pads", 1, 0, 0, 1)
            .indices("zero", 0)
            .node("Gather", List.of("x", "zero"), "row")
            .node("ReduceMean", List.of("row"), "value", integer("keepdims", 0))
            .node("Pad", List.of("x", "pads", "value"), "y");
    assertThat(model.run().floats()).containsExactly(.5f, .5f, .5f, 0, 1, .5f, 2, 3, .5f);
  }

  @Test
  void tileRepeatsEveryAxis() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 2).indices("repeats", 2, 3).node("Tile", List.of("x", "repeats"), "y");
    assertThat(model.run().floats()).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
  }

  @Test
  void expandKeepsWhatIsLongerThanTheShape() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 2, 1).indices("shape", 2, 1, 3).node("Expand", List.of("x", "shape"), "y");
    assertThat(resultOf(model)).isEqualTo(Shape.of(2, 2, 3));
  }

  @Test
  void manyIndicesAreATable() {
    long[] reversed = LongStream.range(0, 3000).map(i -> (2999 - i) * 7 % 3000).toArray();
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 3000).indices("i", reversed).node("Gather", List.of("x", "i"), "y");
    assertThat(model.operators()).contains(new Gather(0));
    assertThat(model.run().at(1)).isEqualTo(2998 * 7 % 3000);
  }

  @Test
  void anIndexOutsideIsAnIndexNotAnAxis() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 5).indices("i", 99).node("Gather", List.of("x", "i"), "y");
    assertThatThrownBy(model::read)
        .hasMessage("LP1010 y_node: Gather is malformed: index 99 along an axis of 5 elements");
  }

  @Test
  void reshapeThatCopiesAnExtentBeyondTheRank() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 2, 3).indices("shape", 2, 3, 0).node("Reshape", List.of("x", "shape"), "y");
    assertThatThrownBy(model::read)
        .hasMessageContaining("the 0 at axis 2 of shape [2, 3, 0] copies an extent, but the operand [2, 3] has rank 2");
  }

  @Test
  void tensorsThatTheDataDecideTheShapeOfAreRefused() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2, 3).node("NonZero", List.of("x"), "y");
    assertThatThrownBy(model::read)
        .hasMessage(
            "LP1009 y_node: NonZero with data that decide the shape of its result, computed at run time, is not supported");
  }

  @Test
  void gatherOfOneChannel() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 2, 3)
            .indices("index", -1)
            .node("Gather", List.of("x", "index"), "y", integer("axis", 1));
    assertThat(model.run().floats()).containsExactly(2, 5);
  }
}

package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Reshape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dimensions that a model leaves open, and how they are bound. */
class InputTypesTest {
  private static ModelBuilder relu(Object... dims) {
    return ModelBuilder.opset(13).input("x", dims).node("Relu", List.of("x"), "y");
  }

  private static TensorType type(ImportedModel model) {
    return model.graph().inputs().getFirst().type();
  }

  @Test
  void anOpenBatchMustBeBound() {
    assertThatThrownBy(relu("N", 3, 8, 8)::read)
        .hasMessage("LP1007 x: dimension 0 ('N', the batch) of [N, 3, 8, 8] is open; bind it with --shape x=1x3x8x8");
    ImportedModel model = relu("N", 3, 8, 8).model(ImportOptions.defaults().withShape("x=1x3x8x8"));
    assertThat(type(model)).isEqualTo(TensorType.f32(1, 3, 8, 8));
    assertThat(model.remarks()).isEmpty();
  }

  @Test
  void theShapeThatIsSuggestedFitsTheModel() {
    ModelBuilder flat =
        ModelBuilder.opset(13)
            .input("x", "N", 3, "H", "W")
            .node("Flatten", List.of("x"), "f")
            .weight("w", 3 * 32 * 32, 2)
            .node("MatMul", List.of("f", "w"), "y");
    assertThatThrownBy(flat::read).hasMessageEndingWith("bind it with --shape x=1x3x32x32");
    ModelBuilder signal =
        ModelBuilder.opset(13).input("x", "N", "C", "H", "W").weight("w", 4, 5, 3, 3).node("Conv", List.of("x", "w"), "y");
    assertThatThrownBy(signal::read).hasMessageEndingWith("bind it with --shape x=1x5x224x224");
  }

  @Test
  void anOpenHeightMustBeBound() {
    assertThatThrownBy(relu(1, 3, "H", 8)::read)
        .hasMessage("LP1007 x: dimension 2 ('H') of [1, 3, H, 8] is open; bind it with --shape x=1x3x8x8");
  }

  @Test
  void minusOneIsOpenToo() {
    assertThatThrownBy(relu(-1, 3, "?", -1)::read)
        .hasMessage("LP1007 x: dimension 0 ('?', the batch) of [?, 3, ?, ?] is open; bind it with --shape x=1x3x224x224");
  }

  @Test
  void shapesAreBoundByText() {
    ImportedModel model = relu("N", 3, "?", "?").model(ImportOptions.defaults().withShape("x=2x3x48x192"));
    assertThat(type(model)).isEqualTo(TensorType.f32(2, 3, 48, 192));
    assertThat(model.remarks()).isEmpty();
  }

  @Test
  void aSymbolIsBoundOnceForAllInputs() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("a", "N", 4).input("b", "N", 4).node("Add", List.of("a", "b"), "y");
    assertThat(model.model(ImportOptions.defaults().withShape("b=5x4")).graph().inputs())
        .allMatch(input -> input.type().equals(TensorType.f32(5, 4)));
    assertThatThrownBy(() -> model.model(ImportOptions.defaults().withShape("a=5x4").withShape("b=6x4")))
        .hasMessage("LP1007 b: dimension 'N' is bound to 5 and to 6");
  }

  @Test
  void aFixedDimensionStays() {
    assertThatThrownBy(() -> relu("N", 3, 8, 8).model(ImportOptions.defaults().withShape("x=1x3x9x8")))
        .hasMessage("LP1007 x: cannot be given shape [1, 3, 9, 8]: the model has [N, 3, 8, 8]");
  }

  @Test
  void aShapeForAnInputThatIsNotThere() {
    assertThatThrownBy(() -> relu(1, 4).model(ImportOptions.defaults().withShape("z=1x4")))
        .hasMessage("LP1007 z: is given a shape, but is no input of the model; it has [x]");
  }

  @Test
  void textsThatAreNoShapes() {
    for (String text : List.of("x", "=1x2", "x=", "x=1x", "x=axb", "x=1x-2", "x=0x2", "x=99999999999")) {
      assertThatThrownBy(() -> ImportOptions.defaults().withShape(text))
          .as(text)
          .hasMessageStartingWith("LP1007 --shape " + text);
    }
  }

  @Test
  void aShapeThatIsAnInputIsRefused() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 6)
            .input(DataType.INT64, "shape", 2)
            .node("Reshape", List.of("x", "shape"), "y");
    assertThatThrownBy(model::read)
        .hasMessage("LP1009 y_node: Reshape with a shape computed at run time (operand shape) is not supported");
  }

  @Test
  void anInputMayBeGivenAsAConstant() {
    Tensor shape = Tensor.ofIntegers(ElementType.I64, new long[] {2, 3}, Shape.of(2));
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 6)
            .input(DataType.INT64, "shape", 2)
            .node("Reshape", List.of("x", "shape"), "y");
    ImportedModel read = model.model(ImportOptions.defaults().withConstant("shape", shape));
    assertThat(read.graph().inputs()).hasSize(1);
    assertThat(read.graph().nodes().getFirst().op()).isEqualTo(new Reshape(Shape.of(2, 3)));
  }

  @Test
  void doublesAreComputedInSinglePrecision() {
    ImportedModel model =
        ModelBuilder.opset(13)
            .input(DataType.DOUBLE, "x", 4)
            .node("Relu", List.of("x"), "y")
            .model(ImportOptions.defaults());
    assertThat(type(model)).isEqualTo(TensorType.spatial(ElementType.F64, Shape.of(4)));
    assertThat(model.graph().nodes()).extracting(node -> node.type().element()).first().isEqualTo(ElementType.F32);
    assertThat(model.remarks()).containsExactly("input x: given as f64, computed in f32");
  }

  @Test
  void inputsThatAreInitializersAreWeights() {
    ModelBuilder model =
        ModelBuilder.opset(7)
            .input("x", 4)
            .input("w", 4)
            .weight("w", 4)
            .weight("unused", 9)
            .node("Add", List.of("x", "w"), "y");
    assertThat(model.read().inputs()).hasSize(1);
    assertThat(model.read().nodes()).extracting(node -> node.name()).containsExactly("w", "y");
  }
}

package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.ModelBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that stand for bodies: functions of the model's own, If and Loop. */
class BodiesTest {
  private static final String DOMAIN = "own";

  private static Tensor yes() {
    return Tensor.ofIntegers(ElementType.BOOL, new long[] {1}, Shape.of());
  }

  private static NodeProto.Builder node(String type, String inputs, String outputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type);
    List.of(inputs.split(" ")).forEach(node::addInput);
    List.of(outputs.split(" ")).forEach(node::addOutput);
    return node;
  }

  private static FunctionProto.Builder function(String name, String inputs, String outputs) {
    FunctionProto.Builder function = FunctionProto.newBuilder().setDomain(DOMAIN).setName(name);
    List.of(inputs.split(" ")).forEach(function::addInput);
    List.of(outputs.split(" ")).forEach(function::addOutput);
    function.addOpsetImportBuilder().setDomain("").setVersion(13);
    return function;
  }

  private static GraphProto.Builder body(String inputs, String outputs) {
    GraphProto.Builder body = GraphProto.newBuilder();
    List.of(inputs.split(" ")).stream().filter(n -> !n.isEmpty()).forEach(n -> body.addInputBuilder().setName(n));
    List.of(outputs.split(" ")).forEach(name -> body.addOutputBuilder().setName(name));
    return body;
  }

  private static AttributeProto graph(String name, GraphProto.Builder body) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.GRAPH).setG(body).build();
  }

  private static AttributeProto reference(String name, String to) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setRefAttrName(to).build();
  }

  private static ModelBuilder model() {
    return ModelBuilder.opset(13).input("x", 3);
  }

  @Test
  void aFunctionIsPutInTheCallsPlace() {
    ModelBuilder model = model();
    model.proto().getGraphBuilder().addNode(node("Scaled", "x", "a").setDomain(DOMAIN).addAttribute(real("by", 3)));
    model.proto().getGraphBuilder().addNode(node("Scaled", "a", "y").setDomain(DOMAIN));
    model
        .proto()
        .addFunctions(
            function("Scaled", "v", "w")
                .addAttributeProto(real("by", 10))
                .addNode(NodeProto.newBuilder().setOpType("Constant").addOutput("k").addAttribute(reference("value_float", "by")))
                .addNode(node("Mul", "v k", "w")));
    assertThat(model.run().floats()).containsExactly(0, 30, 60);
  }

  @Test
  void aFunctionThatCallsItselfIsRefused() {
    ModelBuilder model = model();
    model.proto().getGraphBuilder().addNode(node("A", "x", "y").setDomain(DOMAIN).setName("call"));
    model.proto().addFunctions(function("A", "v", "w").addNode(node("B", "v", "w").setDomain(DOMAIN)));
    model.proto().addFunctions(function("B", "v", "w").addNode(node("A", "v", "w").setDomain(DOMAIN)));
    assertThatThrownBy(model::read)
        .hasMessage("LP1013 call/w/w: function own.A calls itself, through [own.A, own.B]");
  }

  @Test
  void aChainOfThousandsOfFunctionsEndsInOneLine() {
    ModelBuilder model = model();
    model.proto().getGraphBuilder().addNode(node("F0", "x", "y").setDomain(DOMAIN));
    for (int i = 0; i < 3000; i++) {
      NodeProto.Builder inner = i == 2999 ? node("Relu", "v", "w") : node("F" + (i + 1), "v", "w").setDomain(DOMAIN);
      model.proto().addFunctions(function("F" + i, "v", "w").addNode(inner));
    }
    assertThatThrownBy(model::read).hasMessageStartingWith("LP1012").hasMessageContaining("has 101 levels, but at most 100");
  }

  @Test
  void functionsThatCallEachOtherTwiceDoNotGrowWithoutEnd() {
    ModelBuilder model = model();
    model.proto().getGraphBuilder().addNode(node("F0", "x", "y").setDomain(DOMAIN));
    for (int i = 0; i < 40; i++) {
      FunctionProto.Builder function = function("F" + i, "v", "w");
      String inner = i == 39 ? "Relu" : "F" + (i + 1);
      String domain = i == 39 ? "" : DOMAIN;
      function.addNode(node(inner, "v", "u").setDomain(domain)).addNode(node(inner, "u", "w").setDomain(domain));
      model.proto().addFunctions(function);
    }
    assertThatThrownBy(model::read).hasMessageStartingWith("LP1012").hasMessageContaining("nodes");
  }

  @Test
  void aBranchThatAConstantChoosesIsPutInItsPlace() {
    ModelBuilder model = model().tensor("c", yes());
    GraphProto.Builder then = body("", "r").addNode(node("Relu", "x", "t")).addNode(node("Add", "t x", "r"));
    GraphProto.Builder otherwise = body("", "r").addNode(node("Nonsense", "x", "t")).addNode(node("Add", "t x", "r"));
    model
        .proto()
        .getGraphBuilder()
        .addNode(
            node("If", "c", "y").addAttribute(graph("then_branch", then)).addAttribute(graph("else_branch", otherwise)));
    assertThat(model.run().floats()).containsExactly(0, 2, 4);
  }

  @Test
  void aBranchThatIsChosenAtRunTimeIsRefused() {
    ModelBuilder model = model().input(DataType.BOOL, "c");
    GraphProto.Builder branch = body("", "r").addNode(node("Relu", "x", "r"));
    model
        .proto()
        .getGraphBuilder()
        .addNode(node("If", "c", "y").addAttribute(graph("then_branch", branch)).addAttribute(graph("else_branch", branch)));
    assertThatThrownBy(model::read)
        .hasMessage("LP1009 y: If with a condition computed at run time (c) is not supported");
  }

  private static ModelBuilder loop(long rounds) {
    ModelBuilder model =
        model().tensor("m", Tensor.ofIntegers(ElementType.I64, new long[] {rounds}, Shape.of())).tensor("c", yes());
    GraphProto.Builder body = body("i go v", "goes v2 s");
    body.addInitializer(TensorEncoder.encode("two", Tensor.scalar(2)))
        .addNode(node("Identity", "go", "goes"))
        .addNode(node("Mul", "v two", "v2"))
        .addNode(node("Add", "v x", "s"));
    model.proto().getGraphBuilder().addNode(node("Loop", "m c x", "last all").addAttribute(graph("body", body)));
    return model;
  }

  @Test
  void aLoopOfConstantRoundsIsWrittenOut() {
    assertThat(loop(3).output("last").run().floats()).containsExactly(0, 8, 16);
    assertThat(loop(3).output("all").run()).isEqualTo(Tensor.of(new float[] {0, 2, 4, 0, 3, 6, 0, 5, 10}, 3, 3));
    assertThat(loop(0).output("last").run().floats()).containsExactly(0, 1, 2);
  }

  @Test
  void aLoopWithoutAnEndIsRefused() {
    assertThatThrownBy(loop(Long.MAX_VALUE).output("last")::read).hasMessageStartingWith("LP1012").hasMessageContaining("has 4097 rounds");
  }
}

package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a file states of its size is held against a limit before anything is made of that size. */
class ModelLimitsTest {
  private static ModelBuilder chain(int nodes) {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 4);
    for (int i = 0; i < nodes; i++) {
      model.node("Relu", List.of(i == 0 ? "x" : "r" + (i - 1)), i == nodes - 1 ? "y" : "r" + i);
    }
    return model;
  }

  private static void assertBeyond(ModelBuilder model, Limits limits, String message) {
    assertThatThrownBy(() -> model.model(ImportOptions.defaults().withLimits(limits)))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP1012 ")
        .hasMessageContaining(message);
  }

  @Test
  void nodes() {
    Limits narrow = Limits.usual().with(Limit.NODES, 9);
    assertBeyond(chain(10), narrow, "the model has 10 nodes, but at most 9 are taken; --limit nodes=10 takes it");
    assertThatNoException().isThrownBy(() -> chain(9).model(ImportOptions.defaults().withLimits(narrow)));
  }

  @Test
  void nodesOfSubgraphs() {
    ModelBuilder model = chain(1);
    GraphProto.Builder branch = GraphProto.newBuilder().setName("then");
    for (int i = 0; i < 10; i++) {
      branch.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("t" + i));
    }
    AttributeProto attribute = AttributeProto.newBuilder().setName("then_branch").setG(branch).build();
    model.proto().getGraphBuilder().addNodeBuilder().setOpType("If").addInput("x").addOutput("z").addAttribute(attribute);
    assertBeyond(model, Limits.usual().with(Limit.NODES, 9), "has 12 nodes");
  }

  @Test
  void operands() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("x", 1, 2).node("Concat", Collections.nCopies(1024, "x"), "y", ModelBuilder.integer("axis", 1));
    assertBeyond(model, Limits.usual(), "y_node: Concat has 1025 operands and results");
  }

  @Test
  void axes() {
    assertBeyond(ModelBuilder.opset(13).input("x", Collections.nCopies(17, (Object) 1).toArray()).node("Relu", List.of("x"), "y"),
        Limits.usual(), "x: an input has 17 axes");
  }

  @Test
  void elementsOfInputs() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 1, 3, 100_000, 100_000).node("Relu", List.of("x"), "y");
    assertBeyond(model, Limits.usual(), "x: an input of shape [1, 3, 100000, 100000] has 30000000000 elements");
  }

  /** Two that broadcast to each other: neither is large. */
  @Test
  void elementsOfResults() {
    ModelBuilder model =
        ModelBuilder.opset(13).input("a", 50_000, 1).input("b", 1, 40_000).node("Add", List.of("a", "b"), "y");
    assertBeyond(model, Limits.usual(), "y_node: a result of shape [50000, 40000] has 2000000000 elements");
  }

  @Test
  void messagesInMessages() {
    GraphProto graph = GraphProto.newBuilder().setName("inner").build();
    for (int depth = 0; depth < 60; depth++) {
      AttributeProto attribute = AttributeProto.newBuilder().setName("body").setG(graph).build();
      NodeProto node = NodeProto.newBuilder().setOpType("Loop").addAttribute(attribute).build();
      graph = GraphProto.newBuilder().setName("outer").addNode(node).build();
    }
    ModelBuilder model = chain(1).output("y");
    model.proto().getGraphBuilder().mergeFrom(graph);
    assertBeyond(model, Limits.usual(), "a message has 101 levels, but at most 100 are taken; --limit nesting=101");
  }

  /** CVE-2024-7254: groups, which ONNX does not use, as fields that nobody knows. */
  @Test
  void groupsInGroups() {
    UnknownFieldSet groups = UnknownFieldSet.getDefaultInstance();
    for (int depth = 0; depth < 200; depth++) {
      groups = UnknownFieldSet.newBuilder().addField(999, UnknownFieldSet.Field.newBuilder().addGroup(groups).build()).build();
    }
    ModelBuilder model = chain(1);
    model.proto().setUnknownFields(groups);
    assertBeyond(model, Limits.usual(), "a message has 101 levels");
  }

  /** By hand, as no writer of groups goes so deep itself. */
  @Test
  void aMillionGroupsInGroups() {
    int depth = 1 << 20;
    ByteString start = ByteString.copyFrom(new byte[] {(byte) 0xbb, 0x3e});
    byte[] bytes = new byte[2 * depth];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = start.byteAt(i % 2);
    }
    assertThatThrownBy(() -> OnnxReader.read(bytes, "groups.onnx", ImportOptions.defaults()))
        .hasMessageStartingWith("LP1012 groups.onnx: a message has 101 levels");
  }

  @Test
  void names() {
    String name = "n".repeat(70_000);
    ModelBuilder model = ModelBuilder.opset(13).input("x", 4).node("Relu", List.of("x"), name);
    assertBeyond(model, Limits.usual(), "the name of a node has 70005 bytes of text");
  }

  @Test
  void attributes() {
    ModelBuilder model = chain(1);
    AttributeProto.Builder list = AttributeProto.newBuilder().setName("axes").setType(AttributeProto.AttributeType.INTS);
    for (int i = 0; i < 101; i++) {
      list.addInts(i);
    }
    model.proto().getGraphBuilder().getNodeBuilder(0).addAttribute(list);
    assertBeyond(model, Limits.usual().with(Limit.LIST, 100), "attribute 'axes' has 101 entries");
  }

  /** What folding makes counts, not what the file stores: weights of ones are a few bytes in many test models. */
  @Test
  void computedConstants() {
    ModelBuilder model =
        ModelBuilder.opset(13)
            .input("x", 1000)
            .indices("shape", 1000)
            .node("ConstantOfShape", List.of("shape"), "zeros")
            .node("Exp", List.of("zeros"), "ones")
            .node("Add", List.of("x", "ones"), "y");
    assertThatNoException().isThrownBy(model::read);
    assertThatNoException()
        .isThrownBy(() -> model.model(ImportOptions.defaults().withLimits(Limits.usual().with(Limit.FOLDING, 8000))));
    assertBeyond(model, Limits.usual().with(Limit.FOLDING, 3999), "zeros_node: what import computes has 4000 bytes");
  }
}

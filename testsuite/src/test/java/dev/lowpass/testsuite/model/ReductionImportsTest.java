package dev.lowpass.testsuite.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reductions and normalisations as they are imported, against ONNX Runtime, where no conformance case says it. */
class ReductionImportsTest {
  /** A model of one operator on {@code x}, and further operands that are stored in it. */
  private record Case(String type, int opset, Tensor x, List<Tensor> stored, List<AttributeProto> attributes) {
    static Case of(String type, int opset, Shape shape, AttributeProto... attributes) {
      return new Case(type, opset, seeded(shape, 1), List.of(), List.of(attributes));
    }

    Case with(Tensor... operands) {
      return new Case(type, opset, x, List.of(operands), attributes);
    }

    Case on(float... values) {
      return new Case(type, opset, Tensor.of(values, x.shape()), stored, attributes);
    }

    byte[] bytes() {
      GraphProto.Builder graph = GraphProto.newBuilder().setName(type);
      ValueInfoProto.Builder input = graph.addInputBuilder().setName("x");
      TypeProto.Tensor.Builder tensor = input.getTypeBuilder().getTensorTypeBuilder();
      TensorShapeProto.Builder extents = tensor.setElemType(DataType.FLOAT.getNumber()).getShapeBuilder();
      x.shape().dims().forEach(extent -> extents.addDimBuilder().setDimValue(extent));
      NodeProto.Builder node = graph.addNodeBuilder().setOpType(type).addInput("x").addOutput("y");
      for (int i = 0; i < stored.size(); i++) {
        graph.addInitializer(TensorEncoder.encode("operand" + i, stored.get(i)));
        node.addInput("operand" + i);
      }
      node.addAllAttribute(attributes);
      if (type.equals("TopK")) {
        node.addOutput("indices");
      }
      graph.addOutputBuilder().setName("y").getTypeBuilder().getTensorTypeBuilder().setElemType(1);
      ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
      model.addOpsetImportBuilder().setDomain("").setVersion(opset);
      return model.build().toByteArray();
    }

    String name() {
      List<String> texts = attributes.stream().map(AttributeProto::getName).toList();
      return type + " of opset " + opset + " on " + x.shape() + " with " + stored.size() + " more and " + texts;
    }
  }

  private static List<Case> cases() {
    Shape image = Shape.of(2, 4, 3, 5);
    List<Case> cases = new ArrayList<>();
    List<String> reductions = List.of("Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "LogSumExp", "SumSquare");
    for (String type : reductions.stream().map(name -> "Reduce" + name).toList()) {
      cases.add(Case.of(type, 11, image, integers("axes", 1, -1), integer("keepdims", 0)));
      cases.add(Case.of(type, 12, image));
      cases.add(Case.of(type, 18, image).with(longs(0, -2)));
      cases.add(Case.of(type, 18, image, integer("noop_with_empty_axes", 1)).with(longs()));
      cases.add(Case.of(type, 18, Shape.of()));
    }
    cases.add(Case.of("ReduceMean", 18, image).with(longs(1, 2)));
    cases.add(Case.of("ReduceMean", 18, image, integer("keepdims", 0)).with(longs(2, 3)));
    cases.add(Case.of("ReduceLogSum", 18, Shape.of(2, 3)).with(longs(1)).on(1, 2, 3, 4, 5, 6));
    cases.add(Case.of("ReduceLogSumExp", 18, Shape.of(2, 2)).with(longs(1)).on(1, Float.POSITIVE_INFINITY, 300, 301));
    cases.add(Case.of("GlobalLpPool", 13, image));
    cases.add(Case.of("GlobalLpPool", 13, Shape.of(2, 3, 7), integer("p", 3)));
    cases.add(Case.of("GlobalMaxPool", 13, Shape.of(2, 3, 7)));
    cases.add(Case.of("GlobalAveragePool", 13, Shape.of(2, 3, 2, 3, 4)));
    cases.add(Case.of("LpNormalization", 13, Shape.of(2, 3), integer("p", 1)).on(1, -2, 3, 0, 0, 0));
    cases.add(Case.of("LRN", 13, Shape.of(2, 7, 3, 2), integer("size", 3), real("alpha", 0.7f), real("bias", 2)));
    cases.add(Case.of("LRN", 13, Shape.of(1, 20, 4, 4), integer("size", 5)));
    cases.add(Case.of("MeanVarianceNormalization", 13, image));
    cases.add(Case.of("MeanVarianceNormalization", 13, image, integers("axes", 1, 2)));
    cases.add(Case.of("InstanceNormalization", 13, Shape.of(2, 3, 9)).with(channels(3, 2), channels(3, 3)));
    cases.add(Case.of("InstanceNormalization", 13, Shape.of(2, 3, 2, 3, 4)).with(channels(3, 2), channels(3, 3)));
    cases.add(Case.of("LayerNormalization", 17, image, integer("axis", 2)).with(seeded(Shape.of(3, 5), 2)));
    cases.add(Case.of("LayerNormalization", 17, image).with(channels(5, 2), channels(5, 3)));
    for (int opset : List.of(7, 12, 13)) {
      cases.add(Case.of("Softmax", opset, image));
      cases.add(Case.of("LogSoftmax", opset, image, integer("axis", 1)));
      cases.add(Case.of("Hardmax", opset, image, integer("axis", 2)));
    }
    cases.add(Case.of("CumSum", 14, image, integer("reverse", 1)).with(longs(2)));
    cases.add(Case.of("TopK", 11, image, integer("largest", 0), integer("axis", 1)).with(longs(3)));
    cases.add(Case.of("TopK", 9, image, integer("k", 2)));
    for (Shape shape : List.of(Shape.of(3, 4), Shape.of(2, 4, 5), image, Shape.of(1, 4, 2, 3, 2))) {
      cases.add(
          Case.of("BatchNormalization", 15, shape)
              .with(channels(4, 2), channels(4, 3), channels(4, 4), Tensor.of(new float[] {1, 2, 3, 0.5f}, 4)));
    }
    return cases;
  }

  @TestFactory
  Stream<DynamicTest> computeWhatOnnxRuntimeDoes() {
    return cases().stream().map(test -> dynamicTest(test.name(), () -> assertAgrees(test)));
  }

  private static void assertAgrees(Case test) throws OrtException {
    Graph graph = OnnxReader.read(test.bytes(), "test.onnx", ImportOptions.defaults()).graph();
    Tensor ours = Interpreter.run(graph, Map.of("x", test.x())).firstEntry().getValue();
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(test.bytes())) {
      Tensor theirs = peer.run(Map.of("x", test.x())).firstEntry().getValue();
      assertThat(ours.shape()).isEqualTo(theirs.shape());
      assertThat(Difference.between(ours, theirs).relativeL2()).as("%s and %s", ours, theirs).isLessThan(1e-5);
    }
  }

  private static Tensor seeded(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape);
  }

  private static Tensor channels(int count, long seed) {
    return seeded(Shape.of(count), seed);
  }

  private static Tensor longs(long... values) {
    return Tensor.ofIntegers(ElementType.I64, values, Shape.of(values.length));
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value).build();
  }

  private static AttributeProto integers(String name, long... values) {
    List<Long> list = LongStream.of(values).boxed().toList();
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS).addAllInts(list).build();
  }
}

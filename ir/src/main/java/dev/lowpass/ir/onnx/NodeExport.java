package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.AttributeExport.flag;
import static dev.lowpass.ir.onnx.AttributeExport.integer;
import static dev.lowpass.ir.onnx.AttributeExport.integers;
import static dev.lowpass.ir.onnx.AttributeExport.real;
import static dev.lowpass.ir.onnx.AttributeExport.text;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.onnx.tensor.Encoding;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.CumulativeSum;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elu;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.LeakyRelu;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Sigmoid;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.TopK;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How each IR operator is written in ONNX. */
final class NodeExport {
  private final GraphExport graph;

  NodeExport(GraphExport graph) {
    this.graph = graph;
  }

  void write(Node node) {
    if (!node.type().isSpatial()) {
      throw noCounterpart(node, node.op().mnemonic() + " of coefficients");
    }
    switch (node.op()) {
      case Convolution convolution ->
          graph.add(
              window(plain("Conv", node), convolution.window()).addAttribute(integer("group", convolution.groups())));
      case Correlation correlation ->
          graph.add(
              window(plain("Conv", node), correlation.window()).addAttribute(integer("group", correlation.groups())));
      case Pointwise _ -> graph.add(window(pointwise(node), Window.of(1, 1, 0)));
      case Depthwise depthwise ->
          graph.add(
              window(depthwise(node), depthwise.window())
                  .addAttribute(integer("group", node.type().shape().dim(1))));
      case MatrixProduct _ -> graph.add(plain("MatMul", node));
      case BatchNormalization normalization ->
          graph.add(plain("BatchNormalization", node).addAttribute(real("epsilon", normalization.epsilon())));
      case GlobalAveragePool _ -> graph.add(plain("GlobalAveragePool", node));
      case AveragePool pool ->
          graph.add(
              window(plain("AveragePool", node), pool.window())
                  .addAttribute(flag("ceil_mode", pool.ceil()))
                  .addAttribute(flag("count_include_pad", pool.countPads())));
      case MaxPool pool ->
          graph.add(window(plain("MaxPool", node), pool.window()).addAttribute(flag("ceil_mode", pool.ceil())));
      case MaxPoolIndices pool -> graph.add(indices(node, pool));
      case Resize resize -> ResizeExport.write(graph, node, resize);
      case Softmax softmax -> graph.add(plain("Softmax", node).addAttribute(integer("axis", softmax.axis())));
      case Pad pad ->
          graph.add(
              plain("Pad", node)
                  .addInput(graph.operand(node, "pads", pad.pads()))
                  .addInput(graph.operand(node, "value", number(node.type().element(), pad.value()))));
      case Concat concat -> graph.add(plain("Concat", node).addAttribute(integer("axis", concat.axis())));
      case ChannelGather gather -> {
        List<String> images = node.operands().stream().map(Value::name).toList();
        String image = images.getFirst();
        if (images.size() > 1) {
          image = graph.fresh(node.name() + ".images");
          NodeProto.Builder joined = NodeProto.newBuilder().setOpType("Concat").addAllInput(images).addOutput(image);
          graph.add(joined.addAttribute(integer("axis", 1)));
        }
        graph.add(
            graph.node("Gather", node, List.of(image))
                .addInput(graph.operand(node, "channels", gather.channels()))
                .addAttribute(integer("axis", 1)));
      }
      case Slice slice -> graph.add(slice(node, slice));
      case Expand expand ->
          graph.add(plain("Expand", node).addInput(graph.operand(node, "shape", expand.shape().dims())));
      case DepthToSpace depthToSpace ->
          graph.add(
              plain("DepthToSpace", node)
                  .addAttribute(integer("blocksize", depthToSpace.block()))
                  .addAttribute(text("mode", depthToSpace.together() ? "CRD" : "DCR")));
      case Transpose transpose ->
          graph.add(plain("Transpose", node).addAttribute(integers("perm", transpose.permutation())));
      case Reshape reshape ->
          graph.add(
              plain("Reshape", node)
                  .addInput(graph.operand(node, "shape", reshape.shape().dims()))
                  .addAttribute(flag("allowzero", true)));
      case Binary(Binary.Kind kind) -> graph.add(FunctionExport.binary(plain(FunctionExport.name(kind), node), kind));
      case Relu _ -> graph.add(plain("Relu", node));
      case Clip clip ->
          graph.add(
              plain("Clip", node)
                  .addInput(graph.operand(node, "min", scalar(clip.min())))
                  .addInput(graph.operand(node, "max", scalar(clip.max()))));
      case Sigmoid _ -> graph.add(plain("Sigmoid", node));
      case HardSigmoid function ->
          graph.add(
              plain("HardSigmoid", node)
                  .addAttribute(real("alpha", function.alpha()))
                  .addAttribute(real("beta", function.beta())));
      case HardSwish _ -> graph.add(plain("HardSwish", node));
      case LeakyRelu(float alpha) -> graph.add(plain("LeakyRelu", node).addAttribute(real("alpha", alpha)));
      case Elu(float alpha, float gamma) ->
          graph.add(
              plain("Selu", node).addAttribute(real("alpha", alpha)).addAttribute(real("gamma", gamma)));
      // ONNX says nothing of precisions, those of layers included.
      case Narrowing _ -> graph.add(plain("Identity", node));
      case MathFunction(MathFunction.Kind kind) ->
          graph.add(FunctionExport.function(graph, node, kind));
      case Comparison(Comparison.Kind kind) -> graph.add(plain(FunctionExport.name(kind), node));
      case Bitwise(Bitwise.Kind kind) ->
          graph.add(
              FunctionExport.bitwise(plain(FunctionExport.name(kind, node.type().element()), node), kind));
      case IsNan _ -> graph.add(plain("IsNaN", node));
      case Cast cast ->
          graph.add(plain("Cast", node).addAttribute(integer("to", Encoding.of(cast.to()).number())));
      case Select _ -> graph.add(plain("Where", node));
      case Indexed indexed -> graph.add(IndexedExport.of(graph, node, indexed));
      // No axes at all would mean all of them.
      case Reduce reduce when reduce.axes().isEmpty() -> graph.add(plain("Identity", node));
      case Reduce reduce ->
          graph.add(plain(reduction(reduce.kind()), node).addInput(graph.operand(node, "axes", reduce.axes())));
      case ArgReduce arg ->
          graph.add(
              plain(arg.kind() == ArgReduce.Kind.MAX ? "ArgMax" : "ArgMin", node)
                  .addAttribute(integer("axis", arg.axis()))
                  .addAttribute(flag("select_last_index", arg.last())));
      case TopK top -> graph.add(top(node, top));
      case CumulativeSum sum ->
          graph.add(
              plain("CumSum", node)
                  .addInput(graph.operand(node, "axis", List.of(sum.axis())))
                  .addAttribute(flag("exclusive", sum.exclusive()))
                  .addAttribute(flag("reverse", sum.reverse())));
      case Dct _, Idct _ -> throw noCounterpart(node, node.op().mnemonic());
      case Constant _ -> throw new IllegalArgumentException("constants are initializers");
    }
  }

  private static String reduction(Reduce.Kind kind) {
    return switch (kind) {
      case SUM -> "ReduceSum";
      case MEAN -> "ReduceMean";
      case PRODUCT -> "ReduceProd";
      case MAX -> "ReduceMax";
      case MIN -> "ReduceMin";
    };
  }

  /** Of its two outputs nobody reads the other one. */
  private NodeProto.Builder top(Node node, TopK top) {
    NodeProto.Builder written =
        plain("TopK", node)
            .addInput(graph.operand(node, "count", List.of(top.count())))
            .addAttribute(integer("axis", top.axis()))
            .addAttribute(flag("largest", top.largest()))
            .clearOutput();
    return switch (top.part()) {
      case VALUES -> written.addOutput(node.name()).addOutput(graph.fresh(node.name() + ".indices"));
      case INDICES -> written.addOutput(graph.fresh(node.name() + ".values")).addOutput(node.name());
    };
  }

  private static LowpassException noCounterpart(Node node, String what) {
    return new LowpassException(
        "LP1011", node.name(), what + " has no counterpart in ONNX; write the graph before transforms are wrapped in");
  }

  private NodeProto.Builder plain(String type, Node node) {
    return graph.node(type, node, node.operands().stream().map(Value::name).toList());
  }

  /** [M, C] becomes the kernel [M, C, 1, 1]. */
  private NodeProto.Builder pointwise(Node node) {
    Shape weight = node.operand(1).type().shape();
    return withKernel(node, Shape.of(weight.dim(0), weight.dim(1), 1, 1));
  }

  /** [C, kernel height, kernel width] becomes the kernel [C, 1, kernel height, kernel width]. */
  private NodeProto.Builder depthwise(Node node) {
    Shape weight = node.operand(1).type().shape();
    return withKernel(node, Shape.of(weight.dim(0), 1, weight.dim(1), weight.dim(2)));
  }

  private NodeProto.Builder withKernel(Node node, Shape kernel) {
    List<String> operands = new ArrayList<>(node.operands().stream().map(Value::name).toList());
    operands.set(1, graph.reshaped(node, node.operand(1), kernel));
    return graph.node("Conv", node, operands);
  }

  private NodeProto.Builder slice(Node node, Slice slice) {
    List<Long> ends = new ArrayList<>();
    for (int axis = 0; axis < slice.starts().size(); axis++) {
      long end = slice.starts().get(axis) + (long) slice.extents().get(axis) * slice.steps().get(axis);
      // Before the first element; -1 itself would mean the last one.
      ends.add(end < 0 ? Long.MIN_VALUE : end);
    }
    List<Integer> axes = IntStream.range(0, ends.size()).boxed().toList();
    return plain("Slice", node)
        .addInput(graph.operand(node, "starts", slice.starts()))
        .addInput(graph.operand(node, "ends", ends))
        .addInput(graph.operand(node, "axes", axes))
        .addInput(graph.operand(node, "steps", slice.steps()));
  }

  /** The values, its first output, nobody reads. */
  private NodeProto.Builder indices(Node node, MaxPoolIndices pool) {
    return window(plain("MaxPool", node), pool.window())
        .clearOutput()
        .addOutput(graph.fresh(node.name() + ".values"))
        .addOutput(node.name())
        .addAttribute(flag("ceil_mode", pool.ceil()))
        .addAttribute(flag("storage_order", pool.columnMajor()));
  }

  private static Tensor number(ElementType element, float value) {
    return element.isFloating()
        ? scalar(value)
        : Tensor.ofIntegers(element, new long[] {element.wrapped((long) value)}, Shape.of());
  }

  private static Tensor scalar(float value) {
    return Tensor.scalar(value);
  }

  private static NodeProto.Builder window(NodeProto.Builder node, Window window) {
    return node.addAttribute(integers("kernel_shape", window.kernel()))
        .addAttribute(integers("strides", window.strides()))
        .addAttribute(integers("pads", window.pads()))
        .addAttribute(integers("dilations", window.dilations()));
  }
}

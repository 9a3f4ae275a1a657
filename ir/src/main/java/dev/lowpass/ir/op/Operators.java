package dev.lowpass.ir.op;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;

/** All operators by their word in IR text, as makers from attributes. {@code constant} has a syntax of its own. */
public final class Operators {
  private static final SequencedMap<String, Function<Attributes, Op>> MAKERS = makers();

  private Operators() {}

  private static SequencedMap<String, Function<Attributes, Op>> makers() {
    SequencedMap<String, Function<Attributes, Op>> makers = new LinkedHashMap<>();
    makers.put("pointwise", Pointwise::parse);
    makers.put("depthwise", Depthwise::parse);
    makers.put("convolution", Convolution::parse);
    makers.put("matmul", attributes -> new MatrixProduct());
    makers.put("dct", Dct::parse);
    makers.put("idct", attributes -> new Idct());
    makers.put("relu", attributes -> new Relu());
    makers.put("clip", Clip::parse);
    makers.put("sigmoid", attributes -> new Sigmoid());
    makers.put("hard_sigmoid", HardSigmoid::parse);
    makers.put("hard_swish", attributes -> new HardSwish());
    makers.put("leaky_relu", LeakyRelu::parse);
    makers.put("narrow", Narrowing::parse);
    makers.put("elu", Elu::parse);
    for (MathFunction.Kind kind : MathFunction.Kind.values()) {
      makers.put(kind.name().toLowerCase(Locale.ROOT), attributes -> new MathFunction(kind));
    }
    for (Binary.Kind kind : Binary.Kind.values()) {
      makers.put(kind.name().toLowerCase(Locale.ROOT), attributes -> new Binary(kind));
    }
    makers.put("batch_normalization", BatchNormalization::parse);
    makers.put("global_average_pool", attributes -> new GlobalAveragePool());
    makers.put("average_pool", AveragePool::parse);
    makers.put("max_pool", MaxPool::parse);
    makers.put("resize", Resize::parse);
    makers.put("softmax", Softmax::parse);
    makers.put("pad", Pad::parse);
    makers.put("concat", Concat::parse);
    makers.put("channel_gather", ChannelGather::parse);
    makers.put("slice", Slice::parse);
    makers.put("expand", Expand::parse);
    makers.put("depth_to_space", DepthToSpace::parse);
    makers.put("transpose", Transpose::parse);
    makers.put("reshape", Reshape::parse);
    makers.put("cast", Cast::parse);
    for (Reduce.Kind kind : Reduce.Kind.values()) {
      makers.put(kind.mnemonic(), attributes -> Reduce.parse(kind, attributes));
    }
    makers.put("correlation", Correlation::parse);
    makers.put("max_pool_indices", MaxPoolIndices::parse);
    for (ArgReduce.Kind kind : ArgReduce.Kind.values()) {
      makers.put(kind.mnemonic(), attributes -> ArgReduce.parse(kind, attributes));
    }
    for (TopK.Part part : TopK.Part.values()) {
      makers.put(part.mnemonic(), attributes -> TopK.parse(part, attributes));
    }
    makers.put("cumulative_sum", CumulativeSum::parse);
    makers.put("gather", Gather::parse);
    makers.put("gather_elements", GatherElements::parse);
    makers.put("gather_points", GatherPoints::parse);
    makers.put("scatter_elements", ScatterElements::parse);
    makers.put("scatter_points", ScatterPoints::parse);
    for (Comparison.Kind kind : Comparison.Kind.values()) {
      makers.put(kind.name().toLowerCase(Locale.ROOT), attributes -> new Comparison(kind));
    }
    for (Bitwise.Kind kind : Bitwise.Kind.values()) {
      makers.put(kind.name().toLowerCase(Locale.ROOT), attributes -> new Bitwise(kind));
    }
    makers.put("is_nan", attributes -> new IsNan());
    makers.put("select", attributes -> new Select());
    return Collections.unmodifiableSequencedMap(makers);
  }

  /** Makers by mnemonic, in a fixed order. */
  public static SequencedMap<String, Function<Attributes, Op>> byMnemonic() {
    return MAKERS;
  }
}

package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** The table of the ONNX operators that can be imported. */
public final class OperatorImports {
  private static final SequencedMap<String, OperatorImport> TABLE = table();

  private OperatorImports() {}

  private static SequencedMap<String, OperatorImport> table() {
    SequencedMap<String, OperatorImport> table = new LinkedHashMap<>();
    table.put("Conv", new ConvolutionImport());
    table.put("ConvTranspose", new ConvTransposeImport());
    table.put("Gemm", new GemmImport());
    table.put("MatMul", new MatMulImport());
    table.put("Einsum", new EinsumImport());
    table.put("Det", new DeterminantImport());
    table.put("BatchNormalization", new BatchNormalizationImport());
    table.put("MaxPool", new PoolImport(PoolImport.Kind.MAX));
    table.put("AveragePool", new PoolImport(PoolImport.Kind.AVERAGE));
    table.put("LpPool", new LpPoolImport());
    table.put("GlobalAveragePool", new GlobalPoolImport(GlobalPoolImport.Kind.AVERAGE));
    table.put("GlobalMaxPool", new GlobalPoolImport(GlobalPoolImport.Kind.MAX));
    table.put("GlobalLpPool", new GlobalPoolImport(GlobalPoolImport.Kind.NORM));
    table.put("InstanceNormalization", GroupNormalizationImport.ofInstances());
    table.put("GroupNormalization", GroupNormalizationImport.ofGroups());
    table.put("LayerNormalization", new LayerNormalizationImport());
    table.put("RMSNormalization", new RootMeanSquareNormalizationImport());
    table.put("MeanVarianceNormalization", new MeanVarianceNormalizationImport());
    table.put("LpNormalization", new NormNormalizationImport());
    table.put("LRN", new LocalResponseNormalizationImport());
    table.put("Softmax", new SoftmaxImport());
    table.put("LogSoftmax", new LogSoftmaxImport());
    table.put("Hardmax", new HardmaxImport());
    table.put("ArgMax", new ArgReduceImport(ArgReduce.Kind.MAX));
    table.put("ArgMin", new ArgReduceImport(ArgReduce.Kind.MIN));
    table.put("TopK", new TopKImport());
    table.put("CumSum", new CumulativeSumImport());
    table.put("NonMaxSuppression", new RefusedImport("as many results as the boxes themselves decide"));
    table.put("Resize", new ResizeImport());
    table.put("Upsample", new ResizeImport());
    table.put("GridSample", new GridSampleImport());
    table.put("AffineGrid", new AffineGridImport());
    table.put("RoiAlign", new RoiAlignImport());
    table.put("MaxUnpool", new MaxUnpoolImport());
    table.put("Col2Im", new Col2ImImport());

    table.put("ReduceSum", ReduceImport.of(Reduce.Kind.SUM));
    table.put("ReduceMean", ReduceImport.of(Reduce.Kind.MEAN));
    table.put("ReduceMax", ReduceImport.of(Reduce.Kind.MAX));
    table.put("ReduceMin", ReduceImport.of(Reduce.Kind.MIN));
    table.put("ReduceProd", ReduceImport.of(Reduce.Kind.PRODUCT));
    table.put("ReduceL1", ReduceImport.of(ReduceImport.Form.L1));
    table.put("ReduceL2", ReduceImport.of(ReduceImport.Form.L2));
    table.put("ReduceLogSum", ReduceImport.of(ReduceImport.Form.LOG_SUM));
    table.put("ReduceLogSumExp", ReduceImport.of(ReduceImport.Form.LOG_SUM_EXP));
    table.put("ReduceSumSquare", ReduceImport.of(ReduceImport.Form.SUM_SQUARE));

    functionsOfOne(table);
    functionsOfTwo(table);
    quantized(table);

    table.put("Reshape", new ReshapeImport());
    table.put("Flatten", new FlattenImport());
    table.put("Squeeze", new SqueezeImport());
    table.put("Unsqueeze", new UnsqueezeImport());
    table.put("Transpose", new TransposeImport());
    table.put("DepthToSpace", new DepthToSpaceImport(DepthToSpaceImport.Direction.TO_SPACE));
    table.put("SpaceToDepth", new DepthToSpaceImport(DepthToSpaceImport.Direction.TO_DEPTH));
    table.put("Concat", new ConcatImport());
    table.put("Slice", new SliceImport());
    table.put("Split", new SplitImport());
    table.put("Pad", new PadImport());
    table.put("Gather", new GatherImport());
    table.put("GatherElements", new GatherElementsImport());
    table.put("GatherND", new GatherPointsImport());
    table.put("Scatter", new ScatterImport(false));
    table.put("ScatterElements", new ScatterImport(false));
    table.put("ScatterND", new ScatterImport(true));
    table.put("Tile", new TileImport());
    table.put("Expand", new ExpandImport());
    table.put("OneHot", new OneHotImport());
    table.put("Trilu", new TriluImport());
    table.put("ReverseSequence", new ReverseSequenceImport());
    table.put("NonZero", new NonZeroImport());
    table.put("Compress", new CompressImport());
    table.put("CenterCropPad", new CenterCropPadImport());
    table.put("Unique", new SizedByData());
    table.put("Identity", new IdentityImport());
    table.put("Dropout", new DropoutImport());

    table.put("Constant", new ConstantImport());
    table.put("ConstantOfShape", new ConstantOfShapeImport());
    table.put("Shape", new ShapeImport());
    table.put("Size", new SizeImport());
    table.put("Range", new RangeImport());
    table.put("EyeLike", new EyeLikeImport());
    table.put("Cast", new CastImport());
    return Collections.unmodifiableSequencedMap(table);
  }

  private static void functionsOfOne(SequencedMap<String, OperatorImport> table) {
    table.put("Relu", new ElementwiseImport(new Relu()));
    table.put("Sigmoid", new ElementwiseImport(new Sigmoid()));
    table.put("HardSwish", new ElementwiseImport(new HardSwish()));
    table.put("HardSigmoid", ElementwiseImport.hardSigmoid());
    table.put("LeakyRelu", ElementwiseImport.leakyRelu());
    table.put("Elu", ElementwiseImport.elu());
    table.put("Selu", ElementwiseImport.selu());
    table.put("Gelu", ElementwiseImport.gelu());
    table.put("Celu", new CeluImport());
    table.put("ThresholdedRelu", new ThresholdedReluImport());
    table.put("Shrink", new ShrinkImport());
    table.put("Swish", new SwishImport());
    table.put("Clip", new ClipImport());
    table.put("Abs", function(MathFunction.Kind.ABS));
    table.put("Neg", function(MathFunction.Kind.NEG));
    table.put("Sign", function(MathFunction.Kind.SIGN));
    table.put("Exp", function(MathFunction.Kind.EXP));
    table.put("Log", function(MathFunction.Kind.LOG));
    table.put("Sqrt", function(MathFunction.Kind.SQRT));
    table.put("Reciprocal", function(MathFunction.Kind.RECIPROCAL));
    table.put("Floor", function(MathFunction.Kind.FLOOR));
    table.put("Ceil", function(MathFunction.Kind.CEIL));
    table.put("Round", function(MathFunction.Kind.ROUND));
    table.put("Sin", function(MathFunction.Kind.SIN));
    table.put("Cos", function(MathFunction.Kind.COS));
    table.put("Tan", function(MathFunction.Kind.TAN));
    table.put("Asin", function(MathFunction.Kind.ASIN));
    table.put("Acos", function(MathFunction.Kind.ACOS));
    table.put("Atan", function(MathFunction.Kind.ATAN));
    table.put("Sinh", function(MathFunction.Kind.SINH));
    table.put("Cosh", function(MathFunction.Kind.COSH));
    table.put("Tanh", function(MathFunction.Kind.TANH));
    table.put("Asinh", function(MathFunction.Kind.ASINH));
    table.put("Acosh", function(MathFunction.Kind.ACOSH));
    table.put("Atanh", function(MathFunction.Kind.ATANH));
    table.put("Erf", function(MathFunction.Kind.ERF));
    table.put("Softplus", function(MathFunction.Kind.SOFTPLUS));
    table.put("Softsign", function(MathFunction.Kind.SOFTSIGN));
    table.put("Mish", function(MathFunction.Kind.MISH));
    table.put("Not", new NotImport());
    table.put("BitwiseNot", new NotImport());
    table.put("IsNaN", new IsNanImport());
    table.put("IsInf", new IsInfImport());
  }

  private static OperatorImport function(MathFunction.Kind kind) {
    return new ElementwiseImport(new MathFunction(kind));
  }

  private static void functionsOfTwo(SequencedMap<String, OperatorImport> table) {
    table.put("Add", new BinaryImport(Binary.Kind.ADD));
    table.put("Sub", new BinaryImport(Binary.Kind.SUB));
    table.put("Mul", new BinaryImport(Binary.Kind.MUL));
    table.put("Div", new BinaryImport(Binary.Kind.DIV));
    table.put("Pow", new BinaryImport(Binary.Kind.POW));
    table.put("Sum", new BinaryImport(Binary.Kind.ADD));
    table.put("Mean", new MeanImport());
    table.put("Min", new BinaryImport(Binary.Kind.MIN));
    table.put("Max", new BinaryImport(Binary.Kind.MAX));
    table.put("PRelu", new PReluImport());
    table.put("Mod", new ModImport());
    table.put("Equal", ComparisonImport.of(Comparison.Kind.EQUAL));
    table.put("Less", ComparisonImport.of(Comparison.Kind.LESS));
    table.put("LessOrEqual", ComparisonImport.of(Comparison.Kind.LESS_OR_EQUAL));
    table.put("Greater", ComparisonImport.exchanged(Comparison.Kind.LESS));
    table.put("GreaterOrEqual", ComparisonImport.exchanged(Comparison.Kind.LESS_OR_EQUAL));
    table.put("And", new BitwiseImport(Bitwise.Kind.AND));
    table.put("Or", new BitwiseImport(Bitwise.Kind.OR));
    table.put("Xor", new BitwiseImport(Bitwise.Kind.XOR));
    table.put("BitwiseAnd", new BitwiseImport(Bitwise.Kind.AND));
    table.put("BitwiseOr", new BitwiseImport(Bitwise.Kind.OR));
    table.put("BitwiseXor", new BitwiseImport(Bitwise.Kind.XOR));
    table.put("BitShift", new BitShiftImport());
    table.put("Where", new WhereImport());
    table.put("CastLike", new CastLikeImport());
  }

  private static void quantized(SequencedMap<String, OperatorImport> table) {
    table.put("QuantizeLinear", new QuantizeLinearImport());
    table.put("DequantizeLinear", new DequantizeLinearImport());
    table.put("DynamicQuantizeLinear", new DynamicQuantizeLinearImport());
    table.put("ConvInteger", new ConvIntegerImport());
    table.put("MatMulInteger", new MatMulIntegerImport());
    table.put("QLinearConv", new QLinearConvImport());
    table.put("QLinearMatMul", new QLinearMatMulImport());
  }

  /** How ONNX's own operator {@code type} is imported, if it can be. */
  public static Optional<OperatorImport> of(String type) {
    return Optional.ofNullable(TABLE.get(type));
  }

  /** All types of operators that have an import, be it one that refuses them. */
  public static Set<String> names() {
    return TABLE.keySet();
  }
}

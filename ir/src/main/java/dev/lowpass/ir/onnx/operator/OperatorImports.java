package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

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

    table.put("Relu", new ElementwiseImport(new Relu()));
    table.put("Sigmoid", new ElementwiseImport(new Sigmoid()));
    table.put("HardSwish", new ElementwiseImport(new HardSwish()));
    table.put("HardSigmoid", ElementwiseImport.hardSigmoid());
    table.put("Clip", new ClipImport());
    table.put("Abs", new ElementwiseImport(new MathFunction(MathFunction.Kind.ABS)));
    table.put("Neg", new ElementwiseImport(new MathFunction(MathFunction.Kind.NEG)));
    table.put("Exp", new ElementwiseImport(new MathFunction(MathFunction.Kind.EXP)));
    table.put("Log", new ElementwiseImport(new MathFunction(MathFunction.Kind.LOG)));
    table.put("Sqrt", new ElementwiseImport(new MathFunction(MathFunction.Kind.SQRT)));
    table.put("Reciprocal", new ElementwiseImport(new MathFunction(MathFunction.Kind.RECIPROCAL)));
    table.put("Tanh", new ElementwiseImport(new MathFunction(MathFunction.Kind.TANH)));
    table.put("Floor", new ElementwiseImport(new MathFunction(MathFunction.Kind.FLOOR)));
    table.put("Ceil", new ElementwiseImport(new MathFunction(MathFunction.Kind.CEIL)));

    table.put("Add", new BinaryImport(Binary.Kind.ADD));
    table.put("Sub", new BinaryImport(Binary.Kind.SUB));
    table.put("Mul", new BinaryImport(Binary.Kind.MUL));
    table.put("Div", new BinaryImport(Binary.Kind.DIV));
    table.put("Pow", new BinaryImport(Binary.Kind.POW));
    table.put("Sum", new BinaryImport(Binary.Kind.ADD));
    table.put("Min", new BinaryImport(Binary.Kind.MIN));
    table.put("Max", new BinaryImport(Binary.Kind.MAX));

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
    table.put("Identity", new IdentityImport());
    table.put("Dropout", new DropoutImport());

    table.put("Constant", new ConstantImport());
    table.put("ConstantOfShape", new ConstantOfShapeImport());
    table.put("Shape", new ShapeImport());
    table.put("Size", new SizeImport());
    table.put("Range", new RangeImport());
    table.put("Cast", new CastImport());
    return Collections.unmodifiableSequencedMap(table);
  }

  /** How ONNX's own operator {@code type} is imported, if it can be. */
  public static Optional<OperatorImport> of(String type) {
    return Optional.ofNullable(TABLE.get(type));
  }
}

package dev.lowpass.passes.cost;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.CoefficientOrder.Frequency;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Scalar;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.SkippingRule;
import dev.lowpass.passes.machine.TiledConvolution;
import dev.lowpass.passes.machine.WinogradRule;
import java.util.Comparator;
import java.util.List;

/** Counts the {@link Work} of nodes, and of layers in forms that they do not have yet, on one machine. */
public record WorkCounter(Machine machine) {
  /** Channels of one vector. */
  private static final int LANES = Machine.SLAB;

  /** A node of a graph as it stands; its operands' types say what they hold. */
  public Work of(Node node) {
    return switch (node.op()) {
      case Constant _ -> Work.NONE;
      case Pointwise pointwise -> pointwise(pointwise, node);
      case Dct _ -> forward(node.type().shape(), limit(node.type()));
      case Idct _ -> inverse(node.type().shape(), limit(node.operand(0).type()));
      case Depthwise depthwise -> depthwise(depthwise.window(), node.operand(0).type().shape(), node.type().shape());
      case Convolution convolution -> convolution(convolution, node);
      case Resize resize -> resize(resize, node.operand(0).type().shape());
      case Scalar _, Pool _, BatchNormalization _, MatrixProduct _, Softmax _, Rearrangement _, Opaque _ ->
          Work.NONE.with(CostTerm.ELEMENT, read(node));
    };
  }

  /** A pointwise product that reads everything; a projection reads what a clip made. */
  Work dense(ProductSize product) {
    double rows = product.positions();
    double factors = rows * product.inputs();
    int positions = product.mapPositions();
    boolean skips = machine.skipsZeros(positions, product.inputs(), product.outputs());
    boolean halved = !skips && machine.halves(positions, product.inputs(), product.outputs());
    CostTerm term = halved ? CostTerm.HALVED_PRODUCT : CostTerm.PRODUCT;
    Work work = product(term, product, factors, rows, product.inputs(), machine.caches().panel());
    if (skips) {
      Work skipping = Work.NONE.with(CostTerm.SKIPPING_PRODUCT, factors * productVectors(product.outputs()));
      work = SkippingRule.hasManyZeros(product.inputs(), product.outputs()) ? skipping : work.plus(skipping).half();
    }
    double inputs = Math.ceilDiv(product.inputs(), LANES) * rows;
    return factors > machine.caches().farMap() ? work.with(CostTerm.FAR_MAP, inputs) : work;
  }

  /** A banded product: what the passes that order channels and compact bands make of {@code limit}. */
  Work banded(ProductSize product, BandLimit limit) {
    int blocks = product.batch() * limit.block().count(product.rows(), product.columns());
    Bands sorted = new Bands(limit.keep().keep().stream().sorted(Comparator.reverseOrder()).toList());
    Bands compacted = Staircase.of(machine).round(sorted, blocks);
    double executed = compacted.keep().stream().mapToLong(Integer::longValue).sum();
    int inputs = compacted.channelsAt(0);
    double results = (double) compacted.longest() * blocks;
    // Bands have few rows each, behind which the next panel must be fetched beside this one.
    Work work = product(CostTerm.PRODUCT, product, executed * blocks, results, inputs, machine.caches().panel() / 2);
    double rows = (double) blocks * limit.block().size();
    double far = rows * product.inputs() > machine.caches().farMap() ? executed * blocks / LANES : 0;
    // Two slabs of results are inverted as soon as they are there, unless they leave the cache before.
    far += 2 * LANES * rows > machine.caches().farPair() ? rows * Math.ceilDiv(product.outputs(), LANES) : 0;
    return work.with(CostTerm.FAR_MAP, far);
  }

  /** A dct of {@code map} [N, C, H, W], truncated to {@code kept}. */
  Work forward(Shape map, BandLimit kept) {
    Work work = Work.NONE.with(CostTerm.TRANSFORM, operations(map, kept));
    return map.elements() > machine.caches().farMap()
        ? work.with(CostTerm.FAR_MAP, pixels(map, kept) * slabs(map) * kept.retained())
        : work;
  }

  /** An idct of {@code map} [N, C, H, W] that has coefficients within {@code known} only. */
  Work inverse(Shape map, BandLimit known) {
    Work work = Work.NONE.with(CostTerm.TRANSFORM, operations(map, known));
    long pair = 2L * LANES * map.dim(2) * map.dim(3);
    return pair > machine.caches().farPair()
        ? work.with(CostTerm.FAR_MAP, pixels(map, known) * slabs(map))
        : work;
  }

  private Work pointwise(Pointwise pointwise, Node node) {
    TensorType input = node.operand(0).type();
    ProductSize product = ProductSize.of(input.shape(), node.type().shape().dim(1));
    return input.isSpatial()
        ? dense(product)
        : banded(product, limit(input).withKeep(pointwise.reads(input)));
  }

  /**
   * @param term what its multiply-adds are
   * @param factors rows times channels of the input that are multiplied
   * @param results rows that are written
   * @param inputs channels whose weights are read
   * @param near inputs up to which weights are fetched in time
   */
  private static Work product(
      CostTerm term, ProductSize product, double factors, double results, int inputs, int near) {
    double vectors = productVectors(product.outputs());
    Work work = Work.NONE.with(term, factors * vectors).with(CostTerm.PRODUCT_RESULT, results * vectors);
    if (product.positions() == 1) {
      return work.with(CostTerm.STREAMED_WEIGHTS, inputs * vectors);
    }
    return inputs > near ? work.with(CostTerm.FAR_WEIGHTS, inputs * vectors) : work;
  }

  /** A product's last vector may be half of one. */
  private static double productVectors(int outputs) {
    return Math.ceilDiv(outputs, LANES / 2) / 2.0;
  }

  private static Work depthwise(Window window, Shape input, Shape output) {
    int taps = window.kernel().get(0) * window.kernel().get(1);
    return Work.NONE
        .with(CostTerm.DEPTHWISE, vectors(output) * taps)
        .with(CostTerm.DEPTHWISE_INPUT, vectors(input));
  }

  /** Of tiles, where the machine makes it so: products, and transforms around them. */
  private Work convolution(Convolution convolution, Node node) {
    Shape output = node.type().shape();
    int channels = node.operand(0).type().shape().dim(1);
    TiledConvolution tiled =
        new TiledConvolution(output.dim(0), output.dim(2), output.dim(3), channels, output.dim(1));
    int side =
        TiledConvolution.suits(convolution.window(), convolution.groups(), channels, output.dim(1))
            ? machine.winograd().side(tiled)
            : WinogradRule.DIRECT;
    if (side == WinogradRule.DIRECT) {
      return Work.NONE.with(CostTerm.CONVOLUTION, vectors(output) * taps(node));
    }
    return Work.NONE
        .with(CostTerm.PRODUCT, machine.winograd().products(tiled, side))
        .with(CostTerm.FAR_WEIGHTS, tiled.weights(side))
        .with(CostTerm.TRANSFORM, tiled.operations(side));
  }

  /**
   * Columns first, in vectors along the rows; then vectors of neighbouring outputs of a row, each a product of all
   * inputs that one of them reads.
   */
  private static Work resize(Resize resize, Shape image) {
    double planes = (double) image.dim(0) * image.dim(1);
    double rows = planes * resize.size().get(0);
    int width = resize.size().get(1);
    double columns = rows * Math.ceilDiv(image.dim(3), LANES) * resize.vertical(image).longest();
    double step = (double) resize.read(image, 1) / width;
    double read = Math.min(image.dim(3), (LANES - 1) * step + resize.horizontal(image).longest());
    return Work.NONE.with(CostTerm.CONVOLUTION, columns + rows * Math.ceilDiv(width, LANES) * read);
  }

  private static double taps(Node convolution) {
    Shape weight = convolution.operand(1).type().shape();
    return (double) weight.elements() / weight.dim(0);
  }

  /** Slabs of channels with similar bands, each as long as its longest. */
  private static double operations(Shape map, BandLimit limit) {
    List<Integer> sorted = limit.keep().keep().stream().sorted(Comparator.reverseOrder()).toList();
    List<Frequency> frequencies = limit.order().frequencies(limit.block());
    double pixels = pixels(map, limit);
    double operations = 0;
    for (int slab = 0; slab < sorted.size(); slab += LANES) {
      operations += pixels * operationsPerPixel(limit, frequencies.subList(0, sorted.get(slab)));
    }
    return operations;
  }

  private static int slabs(Shape map) {
    return Math.ceilDiv(map.dim(1), LANES);
  }

  private static double pixels(Shape map, BandLimit limit) {
    return (double) map.dim(0) * limit.block().count(map.dim(2), map.dim(3)) * limit.block().size();
  }

  /**
   * A separable transform with even and odd halves: columns of the frequencies in use first, {@code u·v / 2w}
   * multiply-adds a pixel, then rows, {@code v / 2}, and an addition to fold the halves. 8 for a whole 7x7 block.
   */
  private static double operationsPerPixel(BandLimit limit, List<Frequency> used) {
    double u = used.stream().mapToInt(Frequency::u).max().orElse(-1) + 1;
    double v = used.stream().mapToInt(Frequency::v).max().orElse(-1) + 1;
    return u * v / (2 * limit.block().width()) + v / 2 + 1;
  }

  private static BandLimit limit(TensorType type) {
    Domain.Frequency frequency = type.frequency();
    return new BandLimit(frequency.block(), frequency.order(), frequency.bands());
  }

  private static double read(Node node) {
    return node.operands().stream().map(Value::type).mapToDouble(type -> vectors(type.shape())).sum();
  }

  private static double vectors(Shape shape) {
    return shape.rank() == 4
        ? (double) shape.dim(0) * Math.ceilDiv(shape.dim(1), LANES) * shape.dim(2) * shape.dim(3)
        : (double) shape.elements() / LANES;
  }
}

package dev.lowpass.codegen.cpu.halved;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Fetches;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * C = act(A B + b + residual) by Winograd's variant of Strassen's algorithm (V. Strassen, "Gaussian elimination is not
 * optimal", 1969; S. Winograd, "On multiplication of 2 x 2 matrices", 1971), one level of it: seven products of halves
 * in place of eight. A11 and A12 are the left and the right half of the channels in an upper half of rows, A21 and A22
 * those in a lower half; B is cut along channels and outputs.
 *
 * <pre>
 * S1 = A21 + A22    T1 = B12 - B11    X  = A11 B11        C11 = act(A12 B21 + X)
 * S2 = S1 - A11     T2 = B22 - T1     U2 = S2 T2 + X      C12 = act(S4 B22 + U4)
 * S3 = A11 - A21    T3 = B22 - B12    U3 = S3 T3 + U2     C21 = act(A22 T4 + U3)
 * S4 = A12 - S2     T4 = B21 - T2     U4 = S1 T1 + U2     C22 = act(U3 + U4 - U2)
 * </pre>
 *
 * <p>The T are made with the weights, the S by {@link HalvedInput}. Outputs are made a pair of panels at a time, one
 * of the left half and one of the right, so that X and the U, which wait where C goes, stay near. The largest error is
 * up to three times that of an ordinary product.
 */
public final class StrassenProduct {
  private final HalvedInput input;
  private final int vectors;
  private final int half;
  private final int outputSlab;
  private final int tileRows;
  private final int weights;
  private final int bias;
  private final int noBias;
  private final BuiltKernel<PanelCall> first;
  private final BuiltKernel<PanelCall> further;
  private final BuiltKernel<PanelCall> lastOfInput;
  private final BuiltKernel<PanelCall> lastOfSums;
  private final BuiltKernel<LastQuarter.Call> quarter;

  /** The address of an element of memory that a half's rows have. */
  public interface Place {
    Expr at(Expr offset);
  }

  /**
   * The residual and y, from the first of a half's rows in a pair of panels on. They must not overlap: y is written
   * before all of the residual is read.
   */
  public record Target(Optional<Place> residual, Place y) {
    public static Target of(Place y) {
      return new Target(Optional.empty(), y);
    }
  }

  /**
   * @param outputRows rows of a slab of the output, and of the residual
   * @param sumsAt where the sums S begin in private memory
   */
  public StrassenProduct(
      Workshop workshop, Slot x, Factors factors, HalvedRows rows, int outputRows, int sumsAt, Epilogue epilogue) {
    this.input = new HalvedInput(workshop, x, rows, sumsAt);
    this.vectors = workshop.chosen(Knob.VECTORS);
    this.half = input.half();
    this.outputSlab = outputRows * LANES;
    float[] packed = StrassenWeights.pack(factors, vectors);
    this.weights = workshop.parameters().add(packed);
    this.bias = workshop.parameters().add(Packing.slabs(factors.bias().floats(), factors.outputs()));
    this.noBias = workshop.parameters().add(new float[vectors * LANES]);
    int most = rows.counts().last();
    // Tiles of equal height: a low one at the end would leave most of the arithmetic units idle.
    this.tileRows = Math.ceilDiv(most, Math.ceilDiv(most, workshop.chosen(Knob.ROWS)));
    ProductKernel ofInput = kernel(workshop, input.inputRows(), outputRows);
    ProductKernel ofSums = kernel(workshop, rows.sumRows(), outputRows);
    this.first = workshop.kernel("product", ofInput);
    this.further = workshop.kernel("product", ofSums.with(new Epilogue(true, List.of())));
    this.lastOfInput = workshop.kernel("product", ofInput.with(ProductKernel.Ending.ONTO).with(epilogue));
    this.lastOfSums = workshop.kernel("product", ofSums.with(ProductKernel.Ending.ONTO).with(epilogue));
    this.quarter = workshop.kernel("quarter", new LastQuarter(epilogue));
  }

  private ProductKernel kernel(Workshop workshop, int xRows, int yRows) {
    int[] counts = input.rows().counts().stream().mapToInt(count -> count).toArray();
    return ProductKernel.of(
            new ProductPanel.Plain(vectors),
            RowTiles.of(tileRows, counts),
            Pitch.ofSlabs(xRows),
            Pitch.ofSlabs(yRows))
        .with(Fetches.ofNextPanel(workshop.chosen(Knob.AHEAD) * weightElements()));
  }

  /** Elements of the weights of one of the seven products of a pair of panels. */
  private int weightElements() {
    return half * vectors * LANES;
  }

  public HalvedInput input() {
    return input;
  }

  /**
   * Writes the products of a pair of panels for piece {@code index} of the rows, after {@link HalvedInput#sums} in the
   * same phase.
   */
  public void multiply(Code code, Entry entry, Expr image, Expr index, Expr pair, Target upper, Target lower) {
    HalvedInput.Piece piece = input.piece(code, entry, image, index);
    Call call = new Call(code, entry, pair, piece.rows());
    IntFunction<Expr> s = number -> input.sum(entry, piece, number);
    Expr right = Expr.i32(vectors * outputSlab);
    Expr left = Expr.i32(0);
    Expr c11 = upper.y.at(left);
    Expr c12 = upper.y.at(right);
    Expr c21 = lower.y.at(left);
    Expr c22 = lower.y.at(right);
    Expr none = entry.parameter(Expr.i32(noBias));
    Expr leftBias = bias(entry, pair, 0);
    Expr rightBias = bias(entry, pair, vectors);
    // X waits in C11, U2 in C22, U3 in C21 and U4 in C12. The order is that of the weights.
    call.product(first, input.a11(entry, piece), 0, none, Optional.empty(), c11);
    call.product(further, s.apply(2), 1, none, Optional.of(c11), c22);
    call.product(further, s.apply(3), 2, none, Optional.of(c22), c21);
    call.product(further, s.apply(1), 3, none, Optional.of(c22), c12);
    for (int v = 0; v < vectors; v++) {
      Expr slab = Expr.i32(v * outputSlab);
      Expr rightSlab = Expr.i32((vectors + v) * outputSlab);
      quarter
          .call()
          .u3(lower.y.at(slab))
          .u4(upper.y.at(rightSlab))
          .bias(bias(entry, pair, vectors + v))
          .residual(lower.residual.map(residual -> residual.at(rightSlab)))
          .y(lower.y.at(rightSlab))
          .rows(piece.rows())
          .in(code);
    }
    call.product(lastOfSums, s.apply(4), 4, rightBias, upper.residual.map(r -> r.at(right)), c12);
    call.product(lastOfInput, input.a22(entry, piece), 5, leftBias, lower.residual.map(r -> r.at(left)), c21);
    call.product(lastOfInput, input.a12(entry, piece), 6, leftBias, upper.residual.map(r -> r.at(left)), c11);
  }

  private Expr bias(Entry entry, Expr pair, int vector) {
    return entry.parameter(pair.times(2 * vectors * LANES).plus(bias + vector * LANES));
  }

  /** What the calls of a pair's products have in common. */
  private final class Call {
    private final Code code;
    private final Entry entry;
    private final Expr pair;
    private final Expr count;

    Call(Code code, Entry entry, Expr pair, Expr count) {
      this.code = code;
      this.entry = entry;
      this.pair = pair;
      this.count = count;
    }

    /** @param product how many products' weights come before */
    void product(
        BuiltKernel<PanelCall> kernel, Expr x, int product, Expr bias, Optional<Expr> residual, Expr y) {
      int elements = weightElements();
      Expr w = pair.times(StrassenWeights.PRODUCTS * elements).plus(weights + product * elements);
      kernel
          .call()
          .x(x)
          .weights(entry.parameter(w))
          .bias(bias)
          .residual(residual)
          .y(y)
          .rows(count)
          .channels(Expr.i32(half))
          .biasRows(count)
          .in(code);
    }
  }
}

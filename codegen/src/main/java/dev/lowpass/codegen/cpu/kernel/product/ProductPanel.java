package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** A panel of a product's outputs: how the sums of a row lie in vectors, and with them the weights. */
public sealed interface ProductPanel {
  /** Vectors of outputs. */
  int vectors();

  /** Vectors of sums of a row, and of weights at each step. */
  int sums();

  /** Channels of the input at each step, of which there are whole steps. */
  int channelsAStep();

  /** Elements of the weights of so many channels. */
  default int weights(int channels) {
    return channels / channelsAStep() * sums() * LANES;
  }

  /** Where the weight of {@code output} and {@code channel} lies in the panel's weights. */
  int weight(int output, int channel);

  /** What sum {@code index} of a row starts from: the bias of its outputs. */
  Expr bias(Buffer b, int index);

  /** The samples of a row at one step, from where its first lies: what each of the step's weights is multiplied by. */
  Expr samples(Buffer x, Expr at);

  /** Vector {@code index} of outputs from the sums of a row. */
  Expr outputs(List<Expr> sums, int index);

  /** A lane for each output. */
  record Plain(int vectors) implements ProductPanel {
    @Override
    public int sums() {
      return vectors;
    }

    @Override
    public int channelsAStep() {
      return 1;
    }

    @Override
    public int weight(int output, int channel) {
      return channel * vectors * LANES + output;
    }

    @Override
    public Expr bias(Buffer b, int index) {
      return b.load(Expr.i32(index * LANES), LANES);
    }

    @Override
    public Expr samples(Buffer x, Expr at) {
      return x.load(at);
    }

    @Override
    public Expr outputs(List<Expr> sums, int index) {
      return sums.get(index);
    }
  }

  /**
   * Two lanes for each output, one for even channels and one for odd, which are added in the end. Where plain sums
   * leave half of the last vector empty, two steps take 2 · {@code vectors} multiply-adds; a step of two channels takes
   * one less. Samples of two channels lie side by side, and are broadcast as one.
   */
  record Paired(int vectors) implements ProductPanel {
    private static final int HALF = LANES / 2;

    @Override
    public int sums() {
      return 2 * vectors - 1;
    }

    @Override
    public int channelsAStep() {
      return 2;
    }

    @Override
    public int weight(int output, int channel) {
      return channel / 2 * sums() * LANES + 2 * output + channel % 2;
    }

    @Override
    public Expr bias(Buffer b, int index) {
      List<Expr> withZeros = List.of(b.load(Expr.i32(index * HALF), HALF), zeros(HALF));
      return Expr.shuffle(withZeros, lanes(lane -> lane % 2 == 0 ? lane / 2 : HALF));
    }

    @Override
    public Expr samples(Buffer x, Expr at) {
      return Expr.shuffle(Collections.nCopies(HALF, x.load(at, 2)), lanes(lane -> lane));
    }

    @Override
    public Expr outputs(List<Expr> sums, int index) {
      Expr upper = 2 * index + 1 < sums.size() ? sums.get(2 * index + 1) : zeros(LANES);
      List<Expr> both = List.of(sums.get(2 * index), upper);
      return Expr.shuffle(both, lanes(lane -> 2 * lane)).plus(Expr.shuffle(both, lanes(lane -> 2 * lane + 1)));
    }

    private static Expr zeros(int lanes) {
      return Expr.constant(DataType.F32.withLanes(lanes), 0);
    }

    private static int[] lanes(IntUnaryOperator source) {
      return IntStream.range(0, LANES).map(source).toArray();
    }
  }
}

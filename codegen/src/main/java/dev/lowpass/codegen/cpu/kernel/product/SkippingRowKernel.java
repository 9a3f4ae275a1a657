package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.AffineCall;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Nonzeros;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * y = act(x W + b + residual) for one row and some vectors of outputs. Only the weights of channels that are not zero
 * are read: such a product takes as long as its weights take to come from memory. Weights must be finite: zero times
 * anything else would not be zero.
 *
 * <p>It goes along the weights of several channels at a time, each a stream that the processor fetches ahead by itself,
 * and no further than a channel's end. Meanwhile y, in the first-level cache, holds the sums.
 *
 * <p>C signature: (x, w, b, [residual], y, vectors, list), where {@code list} is {@link #scratch} integers.
 *
 * @param channels a multiple of 16
 * @param step elements from one channel's weights to the next one's
 */
public record SkippingRowKernel(Nonzeros nonzeros, int channels, int step, Epilogue epilogue)
    implements Kernel<SkippingRowKernel.Call> {
  /** Channels at a time. */
  private static final int STREAMS = 4;

  /** A call for some vectors of outputs. */
  public static final class Call extends AffineCall<Call> {
    private Call(Function kernel) {
      super(kernel);
    }

    @Override
    protected Call self() {
      return this;
    }

    public Call vectors(Expr count) {
      pass("vectors", count);
      return this;
    }

    /** The address of as many elements of scratch as {@link #scratch} says. */
    public Call list(Expr address) {
      pass("list", address.pointingTo(DataType.I32));
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  /** Elements of scratch that a call takes. */
  public int scratch() {
    return SkippingKernel.listed(channels);
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  /** The buffers and arguments of one kernel while it is written. */
  private static final class Writer {
    private interface Each {
      void write(Code code, Expr at);
    }

    private final SkippingRowKernel kernel;
    private final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    private final Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    private final Buffer residual = Buffer.f32("residual", Buffer.UNCHECKED);
    private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    private final Var vectors = Var.i32("vectors");
    private final Buffer list = Buffer.i32("list", Buffer.UNCHECKED);

    Writer(SkippingRowKernel kernel) {
      this.kernel = kernel;
    }

    Function build(String name) {
      List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
      if (kernel.epilogue.residual()) {
        parameters.add(residual);
      }
      parameters.addAll(List.of(y, vectors, list));
      return Function.kernel(name, parameters, kernel.nonzeros.in(List.of(1), Code.of(this::row)));
    }

    private void row(Code code) {
      Var count = code.let("count", list());
      forEachVector(code, (body, at) -> body.store(y, at, start(at)));
      Var together = code.let("together", count.floorDiv(STREAMS));
      code.loop("group", together, (body, group) -> accumulate(body, group.times(STREAMS), STREAMS));
      Var first = code.let("first", together.times(STREAMS));
      code.loop("left", count.minus(first), (body, left) -> accumulate(body, first.plus(left), 1));
      if (!kernel.epilogue.activation().isEmpty()) {
        forEachVector(code, (body, at) -> body.store(y, at, kernel.epilogue.activated(y.load(at, LANES))));
      }
    }

    private Expr list() {
      return kernel.nonzeros.list(
          1,
          x.address(0),
          Expr.i32(LANES),
          Expr.i32(kernel.channels / LANES),
          Expr.i32(kernel.step),
          list.address(0),
          Expr.i32(apart()));
    }

    private Expr start(Expr at) {
      Expr bias = b.load(at, LANES);
      return kernel.epilogue.withResidual(bias, () -> residual.load(at, LANES));
    }

    /** Adds to y the products of so many listed channels. */
    private void accumulate(Code code, Expr first, int streams) {
      Var[] samples = new Var[streams];
      Var[] weights = new Var[streams];
      for (int i = 0; i < streams; i++) {
        Expr index = first.plus(i);
        samples[i] = code.let("x" + i, x.load(list.load(index)));
        weights[i] = code.let("by" + i, list.load(index.plus(apart())).cast(DataType.I64));
      }
      forEachVector(
          code,
          (body, at) -> {
            Expr sum = y.load(at, LANES);
            for (int i = 0; i < streams; i++) {
              sum = sum.plus(samples[i].times(w.load(weights[i].plus(at.cast(DataType.I64)), LANES)));
            }
            body.store(y, at, sum);
          });
    }

    private void forEachVector(Code code, Each each) {
      code.loop("vector", vectors, (body, vector) -> each.write(body, vector.times(LANES)));
    }

    /** Integers from the list of samples to that of weights. */
    private int apart() {
      return kernel.channels + LANES;
    }
  }
}

package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.BlockTile;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.Consumer;

/**
 * What one work-item does of the depthwise convolution of a {@link WholeBlockKernel}: four channels of the chunk at every so
 * many outputs of the tile, so that weights are loaded once for all of them. Neighbouring items have neighbouring outputs,
 * whose results go to neighbouring banks.
 *
 * @param column the first of the four channels
 * @param first of the item's outputs
 * @param outputs of the tile, a name for each of the item's; the last one again where there are no more
 * @param from where in the expanded map each of them begins
 */
record WholeBlockDepthwise(
    WholeBlockKernel kernel,
    Buffer expanded,
    Buffer deep,
    Expr column,
    Expr first,
    Var[] outputs,
    Var[] from,
    Register[] sums) {
  private static final int VECTOR = Operand.VECTOR;

  static WholeBlockDepthwise of(Code code, WholeBlockKernel kernel, Expr item, Buffer expanded, Buffer deep) {
    BlockTile tile = kernel.tile();
    Window window = kernel.step().window();
    int own = tile.items() / tile.vectors();
    Var column = code.let("deepColumn", item.quotient(own).times(VECTOR));
    Var first = code.let("deepFirst", item.remainder(own));
    int count = tile.depthwiseRows();
    Var[] outputs = new Var[count];
    Var[] from = new Var[count];
    Register[] sums = new Register[count];
    for (int i = 0; i < count; i++) {
      outputs[i] = code.let("deepOutput", first.plus(i * own).min(tile.positions() - 1));
      Expr y = outputs[i].quotient(tile.width()).times(window.stride(0));
      Expr x = outputs[i].remainder(tile.width()).times(window.stride(1));
      from[i] = code.let("deepFrom", y.times(tile.window(1)).plus(x).times(tile.cell()).plus(column));
      sums[i] = code.register("deep", DataType.F32.withLanes(VECTOR));
    }
    return new WholeBlockDepthwise(kernel, expanded, deep, column, first, outputs, from, sums);
  }

  /** Writes it for the hidden channels of {@code chunk}. */
  void write(Code code, KernelMemory memory, Expr chunk) {
    BlockTile tile = kernel.tile();
    Window window = kernel.step().window();
    int taps = window.taps();
    Buffer weights = memory.parameters(kernel.depthwise());
    Var channel = code.let("channel", chunk.times(tile.chunk()).plus(column));
    Expr slab = channel.quotient(LANES).min(kernel.slabs() - 1);
    Var own = code.let("own", slab.times((taps + 1) * LANES).plus(channel.remainder(LANES)));
    Var bias = code.let("bias", weights.load(own.plus(taps * LANES), VECTOR));
    for (Register sum : sums) {
      code.add(sum.set(bias));
    }
    int kernelWidth = window.kernel().get(1);
    for (int tap = 0; tap < taps; tap++) {
      Var weight = code.let("weight", weights.load(own.plus(tap * LANES), VECTOR));
      int down = tap / kernelWidth * window.dilations().get(0);
      int right = tap % kernelWidth * window.dilations().get(1);
      int offset = (down * tile.window(1) + right) * tile.cell();
      for (int i = 0; i < sums.length; i++) {
        code.add(sums[i].add(expanded.load(from[i].plus(offset), VECTOR).times(weight)));
      }
    }
    for (int i = 0; i < sums.length; i++) {
      keep(code, channel, i);
    }
  }

  /** Channels that there are not are zeros, whatever the functions make of them: their weights are no help against NaN. */
  private void keep(Code code, Expr channel, int i) {
    BlockTile tile = kernel.tile();
    int own = tile.items() / tile.vectors();
    Var result = code.let("d", Vectors.apply(kernel.step().after(), sums[i].get()));
    boolean whole = tile.block().hidden() % tile.chunk() == 0;
    Expr[] lanes = Operand.lanes(result);
    Expr[] numbers = whole ? lanes : Operand.before(Expr.i32(tile.block().hidden()), channel, lanes);
    Var to = code.let("to", column.times(tile.stride()).plus(outputs[i]));
    boolean all = (i + 1) * own <= tile.positions();
    Expr there = first.plus(i * own).lessThan(tile.positions());
    Consumer<Code> store =
        then -> {
          for (int lane = 0; lane < VECTOR; lane++) {
            then.store(deep, to.plus(lane * tile.stride()), numbers[lane]);
          }
        };
    if (all) {
      store.accept(code);
    } else {
      code.when(there, store);
    }
  }
}

package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.passes.machine.BlockTile;

/**
 * Expansion, depthwise convolution and projection of single precision in one kernel.
 *
 * @param expansion where the parameters hold [chunk][channel][hidden channel of the chunk]
 * @param expansionBias [hidden channel]
 * @param depthwise [slab][taps + 1][lane], the last of which is the bias
 * @param projection [chunk][hidden channel of the chunk][output]
 * @param projectionBias [output]
 */
record WholeBlockKernel(
    BlockStep step,
    BlockTile tile,
    int expansion,
    int expansionBias,
    int depthwise,
    int projection,
    int projectionBias)
    implements DeviceKernel {
  static WholeBlockKernel of(Parameters parameters, BlockStep step, Expansion expansion, BlockTile tile) {
    int taps = step.window().taps();
    int hidden = tile.chunks() * tile.chunk();
    return new WholeBlockKernel(
        step,
        tile,
        parameters.add(expansion(expansion.weight().floats(), tile)),
        parameters.add(Packing.slabs(expansion.bias().floats(), hidden)),
        parameters.add(Packing.taps(step.weight().floats(), step.bias().floats(), step.channels(), taps)),
        parameters.add(projection(step.projection().weight().floats(), tile)),
        parameters.add(Packing.slabs(step.projection().bias().floats(), tile.outputLanes())));
  }

  private static float[] expansion(float[] weights, BlockTile tile) {
    int channels = tile.block().channels();
    float[] packed = new float[tile.chunks() * tile.expansionWeights()];
    for (int h = 0; h < tile.block().hidden(); h++) {
      for (int k = 0; k < channels; k++) {
        packed[(h / tile.chunk() * channels + k) * tile.chunk() + h % tile.chunk()] = weights[h * channels + k];
      }
    }
    return packed;
  }

  private static float[] projection(float[] weights, BlockTile tile) {
    int hidden = tile.block().hidden();
    float[] packed = new float[tile.chunks() * tile.projectionWeights()];
    for (int m = 0; m < tile.block().outputs(); m++) {
      for (int h = 0; h < hidden; h++) {
        packed[h * tile.outputLanes() + m] = weights[m * hidden + h];
      }
    }
    return packed;
  }

  /** Slabs of the hidden channels. */
  int slabs() {
    return Math.ceilDiv(tile.block().hidden(), LANES);
  }

  @Override
  public Grid grid() {
    return Grid.of(tile.groups(), 1, 1, tile.items(), 1);
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    WholeBlockPlace own = WholeBlockPlace.of(code, tile, place.groupX());
    new WholeBlockItem(code, this, memory, own, place.itemX()).write(code);
  }
}

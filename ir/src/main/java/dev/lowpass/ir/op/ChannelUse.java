package dev.lowpass.ir.op;

/**
 * What an operator makes of the channels of an image, its first operand [N, C, H, W]: what a pass may do that drops or
 * reorders channels.
 */
public enum ChannelUse {
  /** Every channel of the result is a sum over all: weights are [M, C, …], a bias is [M]. */
  SUMMED,
  /** Channel c of the result is made of channel c alone, with parameters [C, …] if there are any. */
  APART,
  /** The same, but attributes count the channels: they may change places, not their number. */
  COUNTED,
  /** Operands are broadcast to the result, channels among them; one with a single channel serves all. */
  BROADCAST,
  /** Channels have their places for good, or there are none. */
  PLACED
}

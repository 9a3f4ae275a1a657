package dev.lowpass.codegen.cpu.choice;

import dev.lowpass.passes.machine.Machine;

/** How a depthwise convolution walks over its map: outputs side by side in registers, and positions of a strip. */
public record MapKnobs(Machine machine) {
  /** Positions that a strip should have to feed whole register tiles. */
  public static final int STRIP_POSITIONS = 224;

  /** Registers from which on a kernel may keep long runs of outputs in them. */
  private static final int MANY_REGISTERS = 32;

  public Choice columns(Choice choice) {
    return choice.with(Knob.COLUMNS, machine.depthwiseColumns());
  }

  public void addTo(Neighbours near, Breadth breadth) {
    boolean wide = machine.registers() >= MANY_REGISTERS;
    near.times(Knob.STRIP, 2, 0.5);
    near.values(Knob.COLUMNS, wide ? new int[] {7} : new int[] {7, 2});
    if (breadth == Breadth.MANY) {
      near.times(Knob.STRIP, 0.25, 4, 8);
      near.values(Knob.COLUMNS, wide ? new int[] {4, 8, 10, 16} : new int[] {3, 5, 6});
    }
  }
}

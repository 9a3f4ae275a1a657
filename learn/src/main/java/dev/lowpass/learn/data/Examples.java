package dev.lowpass.learn.data;

import java.util.OptionalInt;

/** Inputs of the kind that a network will see, each with its class where that is known. Safe for several threads. */
public interface Examples {
  /** How many there are, 1 or more. */
  int size();

  /** Writes the input, [C, H, W] as the network reads it, to {@code target} from {@code offset} on. */
  void read(int index, float[] target, int offset);

  /** The class, counted as the network's outputs are. */
  OptionalInt label(int index);
}

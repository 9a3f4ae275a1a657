package dev.lowpass.codegen.cpu.choice;

/** How many choices around one a search may try. */
public enum Breadth {
  FEW,
  MANY
}

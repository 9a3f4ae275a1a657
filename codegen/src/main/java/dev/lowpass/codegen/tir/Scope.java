package dev.lowpass.codegen.tir;

/** Where a buffer lives. On a processor everything is {@link #GLOBAL}. */
public enum Scope {
  /** Memory that every thread sees; on a processor also registers and the stack. */
  GLOBAL("global"),
  /** Memory of one work-group. */
  SHARED("shared"),
  /** Registers of one work-item. */
  LOCAL("local");

  private final String tvmName;

  Scope(String tvmName) {
    this.tvmName = tvmName;
  }

  String tvmName() {
    return tvmName;
  }
}

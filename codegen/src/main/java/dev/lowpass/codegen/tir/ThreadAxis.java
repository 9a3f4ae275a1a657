package dev.lowpass.codegen.tir;

/** An axis of a device's grid. A kernel is a nest of loops over these. */
public enum ThreadAxis {
  BLOCK_X("blockIdx.x"),
  BLOCK_Y("blockIdx.y"),
  BLOCK_Z("blockIdx.z"),
  THREAD_X("threadIdx.x"),
  THREAD_Y("threadIdx.y"),
  THREAD_Z("threadIdx.z");

  private final String tag;

  ThreadAxis(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }
}

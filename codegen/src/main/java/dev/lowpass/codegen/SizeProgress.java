package dev.lowpass.codegen;

/** How far the compilation of one of several sizes is, told as a part of all of them. */
record SizeProgress(Progress whole, int size, int sizes) implements Progress {
  @Override
  public void stage(String name, int done, int total) {
    String label = sizes == 1 ? name : "size %d of %d: %s".formatted(size + 1, sizes, name);
    whole.stage(label, size * total + done, sizes * total);
  }
}

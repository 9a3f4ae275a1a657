package dev.lowpass.codegen.cpu.block;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.tir.Expr;

/** What the code of one worker's walk down an image refers to. */
record BlockWalk(Entry entry, Expr image) {
  /** An address in the memory of the one who walks. */
  Expr privateAddress(Expr offset) {
    return entry.privateAddress(entry.worker(), offset);
  }

  Expr privateAddress(int offset) {
    return entry.privateAddress(entry.worker(), offset);
  }
}

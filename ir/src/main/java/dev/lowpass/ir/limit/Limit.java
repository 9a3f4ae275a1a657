package dev.lowpass.ir.limit;

import java.util.Arrays;
import java.util.Optional;

/**
 * What may be large in a file that somebody made, and how large it may be unless somebody else asks for more. Every size
 * that a file states is held against one of these before memory or time is spent on it.
 */
public enum Limit {
  /** A protobuf message is at most 2 GB; larger models keep their weights in external files. */
  FILE("file", "bytes", Integer.MAX_VALUE - 64, Integer.MAX_VALUE - 64),

  /** Of IR text, a bands file, a table of labels: whatever people write. */
  TEXT("text", "bytes of text", 1 << 26, 1 << 30),

  /** Of the graph, its subgraphs and functions together, and of what these become where they are written out. */
  NODES("nodes", "nodes", 1 << 15, 10_000_000),

  /** Of a loop whose end is known, and which is written out. */
  ROUNDS("rounds", "rounds", 1 << 12, 1 << 20),

  /** What one node reads and writes. */
  OPERANDS("operands", "operands and results", 1024, 65_536),

  RANK("rank", "axes", 16, 32),

  /** Of one tensor, stored, computed or given: 1 GiB of f32. */
  ELEMENTS("elements", "elements", 1 << 28, Integer.MAX_VALUE - 64),

  /** Messages and groups of protobuf in each other, of which a subgraph takes three; functions and bodies in each other. */
  NESTING("nesting", "levels", 100, 1000),

  /** Of a name or any other text in a model. */
  NAME("name", "bytes of text", 1 << 16, 1 << 30),

  /** Numbers or texts in one attribute. */
  LIST("list", "entries", 1 << 20, 1 << 30),

  /** Of constants that import computes from others. */
  FOLDING("folding", "bytes", 1L << 30, 1L << 40),

  /** Of the values of an inference. Kernels count elements of it in 32 bits. */
  MEMORY("memory", "bytes", 1L << 32, 4L * Integer.MAX_VALUE / 4096 * 4096),

  /** Of the machine code that a model becomes. */
  CODE("code", "bytes", 1 << 28, Integer.MAX_VALUE - 64),

  /** What the reference interpreter computes one by one when an artifact is checked: some minutes. */
  CHECK("check", "operations", 1L << 36, Long.MAX_VALUE);

  private final String word;
  private final String unit;
  private final long usual;
  private final long most;

  Limit(String word, String unit, long usual, long most) {
    this.word = word;
    this.unit = unit;
    this.usual = usual;
    this.most = most;
  }

  /** The limit called {@code word}. */
  public static Optional<Limit> parse(String word) {
    return Arrays.stream(values()).filter(limit -> limit.word.equals(word)).findFirst();
  }

  /** As the command line has it. */
  public String word() {
    return word;
  }

  /** What is counted. */
  public String unit() {
    return unit;
  }

  /** What is taken unless more is asked for. */
  public long usual() {
    return usual;
  }

  /** What can be asked for: more than this, arrays or offsets do not hold. */
  public long most() {
    return most;
  }
}

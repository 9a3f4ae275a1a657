package dev.lowpass.codegen.tvm;

import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * TVM's {@code tir.Schedule} over the loops that {@link Compute} definitions ask for: each step rewrites the loops and
 * leaves the result as it was. Blocks and loops are handles of this schedule.
 */
public final class Schedule {
  private static final String PREFIX = "tir.schedule.Schedule";
  private static final int SEED = 42;
  private static final int LAST_POSITION = -1;

  private final String name;
  private final TvmObject schedule;

  private Schedule(String name, TvmObject schedule) {
    this.name = name;
    this.schedule = schedule;
  }

  /** A naive loop nest a definition. {@code tensors} are the function's arguments in order: inputs, then outputs. */
  public static Schedule of(String name, List<Compute> tensors) {
    TvmObject arguments = Tvm.array(tensors.stream().map(Compute::tensor).toList());
    Function function = Function.named(name, Tvm.object("te.CreatePrimFunc", arguments, null));
    return new Schedule(name, Tvm.object("tir.schedule.TracedSchedule", function.module(), SEED, 0, 1, true));
  }

  /** A statement of the innermost loops that computes one tensor. */
  public record Block(TvmObject handle) {}

  /** One loop. */
  public record Loop(TvmObject handle) {}

  /** The block of the tensor {@code tensor}. */
  public Block block(String tensor) {
    return new Block(object("GetBlock", schedule, tensor, name));
  }

  /** The loops around {@code block}, outermost first. */
  public List<Loop> loops(Block block) {
    return loops(object("GetLoops", schedule, block.handle));
  }

  /** Splits {@code loop} into one more loop than there are {@code inner} extents; the first takes what remains. */
  public List<Loop> split(Loop loop, int... inner) {
    List<Object> factors = new ArrayList<>();
    factors.add(null);
    Arrays.stream(inner).forEach(extent -> factors.add(Expr.i32(extent).node()));
    return loops(object("Split", schedule, loop.handle, Tvm.array(factors), true, false));
  }

  /** Makes one loop of neighbouring ones. */
  public Loop fuse(Loop... loops) {
    return new Loop(object("Fuse", schedule, handles(loops), true));
  }

  /** Puts the loops into this order. */
  public Schedule reorder(Loop... loops) {
    return step("Reorder", schedule, handles(loops));
  }

  public Schedule parallel(Loop loop) {
    return step("Parallel", schedule, loop.handle);
  }

  public Schedule vectorize(Loop loop) {
    return step("Vectorize", schedule, loop.handle);
  }

  public Schedule unroll(Loop loop) {
    return step("Unroll", schedule, loop.handle);
  }

  public Schedule bind(Loop loop, ThreadAxis axis) {
    return step("Bind", schedule, loop.handle, axis.tag());
  }

  /** Reads input {@code index} of {@code block} through a copy in {@code scope}. */
  public Block cacheRead(Block block, int index, Scope scope) {
    return new Block(object("CacheRead", schedule, block.handle, index, scope.tvmName(), List.of()));
  }

  /** Writes output {@code index} of {@code block} through a copy in {@code scope}. */
  public Block cacheWrite(Block block, int index, Scope scope) {
    return new Block(object("CacheWrite", schedule, block.handle, index, scope.tvmName(), List.of()));
  }

  /** Computes the producer {@code block} where {@code loop} needs it. */
  public Schedule computeAt(Block block, Loop loop) {
    return step("ComputeAt", schedule, block.handle, loop.handle, true, LAST_POSITION);
  }

  /** Runs the consumer {@code block} inside {@code loop} of its producer. */
  public Schedule reverseComputeAt(Block block, Loop loop) {
    return step("ReverseComputeAt", schedule, block.handle, loop.handle, true, LAST_POSITION);
  }

  /** Substitutes the formula of {@code block} wherever its tensor is read. */
  public Schedule computeInline(Block block) {
    return step("ComputeInline", schedule, block.handle);
  }

  /** Moves the reduction's start value out of {@code loop}. The last step: others refuse the two blocks it leaves. */
  public Block decomposeReduction(Block block, Loop loop) {
    return new Block(object("DecomposeReduction", schedule, block.handle, loop.handle));
  }

  /** A packed function over the tensors in their shapes. */
  public Function entry() {
    return Function.named(name, primFunc(object("GetMod", schedule)));
  }

  /** A kernel over raw pointers, one a tensor, which must not overlap. For a processor. */
  public Function kernel() {
    TvmObject module = object("GetMod", schedule);
    TvmObject lowered = primFunc(DeepStack.call(() -> Compilation.lowered(module)));
    TvmObject parameters = (TvmObject) lowered.attribute("params");
    TvmObject buffers = (TvmObject) lowered.attribute("buffer_map");
    List<TvmObject> pointers = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      TvmObject buffer = Tvm.object("runtime.MapGetItem", buffers, parameters.at(i));
      pointers.add((TvmObject) buffer.attribute("data"));
    }
    return Function.ofPointers(name, pointers, (TvmObject) lowered.attribute("body"));
  }

  private TvmObject primFunc(TvmObject module) {
    return Tvm.object("ir.Module_Lookup_str", module, name);
  }

  private Schedule step(String primitive, Object... arguments) {
    Tvm.call(PREFIX + primitive, arguments);
    return this;
  }

  private static TvmObject object(String primitive, Object... arguments) {
    return Tvm.object(PREFIX + primitive, arguments);
  }

  private static List<TvmObject> handles(Loop... loops) {
    return Arrays.stream(loops).map(Loop::handle).toList();
  }

  private static List<Loop> loops(TvmObject array) {
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      loops.add(new Loop(array.at(i)));
    }
    return List.copyOf(loops);
  }
}

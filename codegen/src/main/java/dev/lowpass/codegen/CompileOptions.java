package dev.lowpass.codegen;

import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a compilation is asked for.
 *
 * @param target {@code cpu}, {@code cpu:x86-64-v3}, {@code cpu:x86-64-v4} or {@code opencl}
 * @param shapes shapes of inputs by name, where the model leaves extents open
 * @param bands thresholds; absent: those in the model's metadata, if any
 * @param dense whether to ignore bands altogether
 * @param passes a pipeline's text in place of the usual one
 * @param check whether to compare the artifact with the reference interpreter before it is written
 * @param printIrAfter passes after which the graph is printed, or {@code all}
 * @param verifyEach whether to verify the graph after every change
 * @param passTiming whether to report each pass's time
 * @param tuning where the choice of register tiles, strips and the like comes from
 */
public record CompileOptions(
    String target,
    Map<String, Shape> shapes,
    Optional<BandsFile> bands,
    boolean dense,
    Optional<String> passes,
    boolean check,
    List<String> printIrAfter,
    boolean verifyEach,
    boolean passTiming,
    Tuning tuning) {
  public CompileOptions {
    shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
    printIrAfter = List.copyOf(printIrAfter);
  }

  public static CompileOptions defaults() {
    return new CompileOptions(
        "cpu", Map.of(), Optional.empty(), false, Optional.empty(), true, List.of(), true, false, new Tuning.BuiltIn());
  }

  public CompileOptions withTarget(String changed) {
    return new CompileOptions(
        changed, shapes, bands, dense, passes, check, printIrAfter, verifyEach, passTiming, tuning);
  }

  public CompileOptions withShapes(Map<String, Shape> changed) {
    return new CompileOptions(
        target, changed, bands, dense, passes, check, printIrAfter, verifyEach, passTiming, tuning);
  }

  public CompileOptions withBands(Optional<BandsFile> changed) {
    return new CompileOptions(
        target, shapes, changed, dense, passes, check, printIrAfter, verifyEach, passTiming, tuning);
  }

  public CompileOptions withDense(boolean changed) {
    return new CompileOptions(
        target, shapes, bands, changed, passes, check, printIrAfter, verifyEach, passTiming, tuning);
  }

  public CompileOptions withPasses(Optional<String> changed) {
    return new CompileOptions(
        target, shapes, bands, dense, changed, check, printIrAfter, verifyEach, passTiming, tuning);
  }

  public CompileOptions withCheck(boolean changed) {
    return new CompileOptions(
        target, shapes, bands, dense, passes, changed, printIrAfter, verifyEach, passTiming, tuning);
  }

  public CompileOptions withPrintIrAfter(List<String> changed) {
    return new CompileOptions(
        target, shapes, bands, dense, passes, check, changed, verifyEach, passTiming, tuning);
  }

  public CompileOptions withVerifyEach(boolean changed) {
    return new CompileOptions(
        target, shapes, bands, dense, passes, check, printIrAfter, changed, passTiming, tuning);
  }

  public CompileOptions withPassTiming(boolean changed) {
    return new CompileOptions(
        target, shapes, bands, dense, passes, check, printIrAfter, verifyEach, changed, tuning);
  }

  public CompileOptions withTuning(Tuning changed) {
    return new CompileOptions(
        target, shapes, bands, dense, passes, check, printIrAfter, verifyEach, passTiming, changed);
  }
}

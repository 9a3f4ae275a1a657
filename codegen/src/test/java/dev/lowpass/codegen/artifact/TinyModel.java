package dev.lowpass.codegen.artifact;

import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.ThreadAxis;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.natives.Natives;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The smallest model that uses everything: y = 2 x + parameters, through scratch. */
final class TinyModel {
  static final int ELEMENTS = 64;

  private static final int GROUP = 16;

  private TinyModel() {}

  static Manifest manifest() {
    return manifest(DeviceKind.CPU);
  }

  static Manifest manifest(DeviceKind device) {
    CpuTarget target = CpuTarget.ofThisMachine();
    List<Long> shape = List.of(4L, (long) ELEMENTS / 4);
    return new Manifest(
        new Manifest.Source("tiny", "0".repeat(64)),
        new Manifest.Target(
            device == DeviceKind.CPU ? "cpu:" + target.name() : device.toString(),
            Natives.platform(),
            device,
            target.requiredFlags()),
        List.of(
            new Manifest.Size(
                List.of(new TensorSpec("x", ElementType.F32, shape)),
                List.of(new TensorSpec("y", ElementType.F32, shape)),
                new Manifest.Memory(4 * ELEMENTS, 4 * ELEMENTS, 0),
                List.of("double", "add"),
                List.of(),
                Map.of())),
        new Manifest.Build("lowpass test", Map.of()));
  }

  static byte[] code() {
    Entry entry = new Entry((code, step) -> code.loop("i", ELEMENTS, step::accept));
    return new LibraryBuilder(CpuTarget.ofThisMachine()).add(entry.reset()).add(entry.work()).build();
  }

  static byte[] openClCode() {
    Entry entry = new Entry((code, step) -> code.loop("block", ELEMENTS / GROUP, ThreadAxis.BLOCK_X,
        (group, block) -> group.loop("thread", GROUP, ThreadAxis.THREAD_X,
            (body, thread) -> step.accept(body, block.times(GROUP).plus(thread)))));
    return new LibraryBuilder(CpuTarget.ofThisMachine()).addDevice("opencl", List.of(entry.main(), entry.step())).build();
  }

  /** How to do something for each element. */
  private interface Everywhere {
    void loop(Code code, BiConsumer<Code, Expr> body);
  }

  /** The functions of a library, from one way to go over the elements. */
  private record Entry(Everywhere everywhere, Buffer x, Buffer y, Buffer parameters, Buffer scratch) {
    Entry(Everywhere everywhere) {
      this(everywhere, Buffer.f32("x", ELEMENTS), Buffer.f32("y", ELEMENTS), Buffer.f32("parameters", ELEMENTS),
          Buffer.f32("scratch", ELEMENTS));
    }

    private void first(Code code) {
      everywhere.loop(code, (body, i) -> body.store(scratch, i, x.load(i).times(2)));
    }

    private void second(Code code) {
      everywhere.loop(code, (body, i) -> body.store(y, i, scratch.load(i).plus(parameters.load(i))));
    }

    Function main() {
      return Function.entry("lowpass_main", arguments(), Code.of(code -> {
        first(code);
        second(code);
      }));
    }

    Function step() {
      Var step = Var.i32("step");
      return Function.entry("lowpass_step", arguments(step), Code.of(code -> {
        code.when(step.equalTo(0), this::first);
        code.when(step.equalTo(1), this::second);
      }));
    }

    /** Nothing to make ready; TVM wants a function to do something. */
    Function reset() {
      return Function.entry("lowpass_reset", arguments(), scratch.store(0, Expr.f32(0)));
    }

    /** The first worker does everything. */
    Function work() {
      Var first = Var.i32("first");
      Var end = Var.i32("end");
      Var worker = Var.i32("worker");
      Expr one = worker.equalTo(0);
      return Function.entry("lowpass_work", arguments(first, end, worker), Code.of(code -> {
        code.when(one.and(first.equalTo(0)).and(Expr.i32(0).lessThan(end)), this::first);
        code.when(one.and(first.lessThan(2)).and(Expr.i32(1).lessThan(end)), this::second);
      }));
    }

    private List<Parameter> arguments(Var... first) {
      List<Parameter> all = new ArrayList<>(List.of(first));
      all.addAll(List.of(x, y, parameters, scratch, Var.i32("workers")));
      return all;
    }
  }

  /** 0, 1, 2, … */
  static byte[] parameters() {
    ByteBuffer parameters = ByteBuffer.allocate(4 * ELEMENTS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ELEMENTS; i++) {
      parameters.putFloat(i);
    }
    return parameters.array();
  }

  static Path write(Path file) {
    ArtifactWriter.write(file, manifest(), Sections.of(code(), parameters()));
    return file;
  }

  static Path writeOpenCl(Path file) {
    ArtifactWriter.write(file, manifest(DeviceKind.OPENCL), Sections.of(openClCode(), parameters()));
    return file;
  }
}

package dev.lowpass.codegen.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Approximations;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.LoopKind;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.tvm.TvmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryBuilderTest {
  /** Made afresh at each call: object addresses and hashes differ, the bytes must not. */
  private static byte[] library() {
    LibraryBuilder builder = new LibraryBuilder(CpuTarget.X86_64_V3);
    Buffer input = Buffer.f32("input", 64);
    List<Function> kernels = IntStream.range(0, 8).mapToObj(LibraryBuilderTest::kernel).toList();
    kernels.forEach(builder::add);
    Stmt main = Code.of(code -> kernels.forEach(kernel -> code.call(kernel, input.address(0))));
    return builder.add(Function.entry("lowpass_main", List.of(input), main)).build();
  }

  private static Function kernel(int index) {
    Buffer x = Buffer.f32("x", 64);
    return Function.overlapping("kernel" + index, List.of(x), Code.of(code ->
        code.loop("i", Expr.i32(8), LoopKind.PARALLEL, (row, i) ->
            row.store(x, i.times(8), Approximations.exp(x.load(i.times(8), 8)).plus(index)))));
  }

  @Test
  void buildingTwiceGivesIdenticalBytes() {
    assertThat(library()).isEqualTo(library());
  }

  @Test
  void nothingOfTheBuildingMachineIsInsideOrLeftBehind() throws IOException {
    long before = leftBehind();
    String content = new String(library(), StandardCharsets.ISO_8859_1);
    assertThat(content).doesNotContain(System.getProperty("java.io.tmpdir") + "/").doesNotContain("lowpass-");
    assertThat(leftBehind()).isEqualTo(before);
  }

  private static long leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      String ours = "lowpass-build-" + ProcessHandle.current().pid() + "-";
      return files.filter(file -> file.getFileName().toString().startsWith(ours)).count();
    }
  }

  @Test
  void namesAreUnique() {
    Function function = Function.entry("twice", List.of(Buffer.f32("x", 1)), Stmt.sequence(List.of()));
    LibraryBuilder builder = new LibraryBuilder(CpuTarget.X86_64_V3).add(function);
    assertThatThrownBy(() -> builder.add(function)).hasMessageContaining("twice");
  }

  @Test
  void rejectedFunctionIsOneLine() {
    Buffer x = Buffer.f32("x", 16);
    Function broken = Function.kernel("broken", List.of(x), x.store(0, Var.of("unbound", x.element())));
    assertThatThrownBy(() -> new LibraryBuilder(CpuTarget.X86_64_V3).add(broken).build())
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4901 broken: ")
        .message().hasLineCount(1);
  }

  @Test
  void wrongLengthIsAnErrorAndNoCrash() {
    Buffer x = Buffer.f32("x", 16);
    Function entry = Function.entry("lowpass_main", List.of(x), x.store(0, Expr.f32(1)));
    assertThatThrownBy(() -> BuiltLibrary.run(List.of(entry), new float[17]))
        .isInstanceOfSatisfying(TvmException.class, e -> assertThat(e.summary()).contains("x.shape"));
  }
}

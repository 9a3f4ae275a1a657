package dev.lowpass.testsuite.filetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.passes.machine.Machines;
import org.junit.jupiter.api.Test;

/** A test that cannot fail tests nothing: expectations that do not hold are reported where they are written. */
class ExpectationsTest {
  private static final String GRAPH =
      """
      ; run: print
      graph @g(%x: f32[2]) -> (%y) {
        %r = relu %x
        %y = neg %r
      }
      """;

  @Test
  void expectationsThatHoldPass() {
    assertThatCode(() -> run(GRAPH + "; check: relu\n; check: neg\n; not: dct\n; count: relu 1\n; unchanged\n"))
        .doesNotThrowAnyException();
  }

  @Test
  void checksHoldInOrder() {
    assertFails("; check: neg\n; check: relu\n", "test.lpt:7: expected 'relu' after what the checks before it found");
    assertFails("; check: sigmoid\n", "test.lpt:6: expected 'sigmoid'\ngraph @g");
  }

  @Test
  void operatorsAreCountedAsNodesNotAsText() {
    assertFails("; count: relu 2\n", "test.lpt:6: expected 2 x relu, there are 1");
    assertFails("; count: rellu 0\n", "'rellu' is no operator");
    assertFails("; not: neg\n", "test.lpt:6: expected no 'neg'");
  }

  @Test
  void aGraphThatDoesNotChangeDoesNotFire() {
    assertFails("; fires\n", "test.lpt:6: expected a change");
  }

  @Test
  void outputsAreCompared() {
    assertFails("; input: x = -1 2\n; output: y = 0 2\n", "test.lpt:7: y is [-0.0, -2.0]");
    assertFails("; output: z = 0 2\n", "there is no output z");
  }

  @Test
  void anErrorMustComeAndWhereItIsExpected() {
    String wrong = "; run: verify\ngraph @g(%x: f32[2]) -> (%y) {\n  %y = idct %x%s\n}\n";
    assertThatCode(() -> run(wrong.replace("%s", " ; error: LP2001 takes coefficients"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> run(wrong.replace("%s", " ; error: LP2001 another message")))
        .hasMessageStartingWith("test.lpt:3: LP2001 ");
    assertThatThrownBy(() -> run(wrong.replace("%s", ""))).hasMessageEndingWith("expected no error");
    assertThatThrownBy(() -> run(GRAPH.replace("relu %x", "relu %x ; error: LP2001")))
        .hasMessageStartingWith("test.lpt:3: expected LP2001, found no error");
  }

  @Test
  void aMisspeltDirectiveIsNotSilentlyProse() {
    assertThatThrownBy(() -> run(GRAPH + "; chek: relu\n")).hasMessage("test.lpt:6: no directive 'chek'");
    assertThatThrownBy(() -> run(GRAPH + "; some prose\n")).hasMessageContaining("prose begins with //");
    assertThatThrownBy(() -> run("graph @g() -> () {\n}\n")).hasMessageContaining("needs a line '; run: …'");
  }

  @Test
  void aFileNamesTheMachineThatPassesAsk() {
    String avx2 = GRAPH.replace("; run: print", "; run: print\n; target: cpu:x86-64-v3");
    assertThat(FileTestReader.read("test.lpt", GRAPH).machine()).isEqualTo(Machines.AVX512);
    assertThat(FileTestReader.read("test.lpt", avx2).machine()).isEqualTo(Machines.AVX2);
    assertThatThrownBy(() -> run(avx2.replace("v3", "v9"))).hasMessageContaining("no such target");
  }

  private static void assertFails(String directives, String message) {
    assertThatThrownBy(() -> run(GRAPH + directives)).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  private static void run(String text) {
    FileTest file = FileTestReader.read("test.lpt", text);
    file.sections().forEach(section -> Expectations.check(file, section));
  }
}

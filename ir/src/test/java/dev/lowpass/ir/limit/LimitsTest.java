package dev.lowpass.ir.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final int LARGE = Integer.MAX_VALUE;

  @Test
  void whatIsTooLargeIsNamedWithBothSidesAndTheOption() {
    assertThatThrownBy(() -> Limits.usual().check(Limit.OPERANDS, "join", "Concat", 2000))
        .hasMessage(
            "LP1012 join: Concat has 2000 operands and results, but at most 1024 are taken; --limit operands=2000 takes"
                + " it");
    assertThatThrownBy(() -> Limits.usual().check(Limit.RANK, "w", "a tensor", 40))
        .hasMessage("LP1012 w: a tensor has 40 axes, but at most 16 are taken");
    assertThatNoException().isThrownBy(() -> Limits.usual().check(Limit.OPERANDS, "join", "Concat", 1024));
  }

  @Test
  void moreMayBeAskedFor() {
    Limits wide = Limits.usual().with(Limit.OPERANDS, 2000);
    assertThat(wide.of(Limit.OPERANDS)).isEqualTo(2000);
    assertThat(wide.of(Limit.NODES)).isEqualTo(Limit.NODES.usual());
    assertThatNoException().isThrownBy(() -> wide.check(Limit.OPERANDS, "join", "Concat", 2000));
    assertThatThrownBy(() -> Limits.usual().with(Limit.RANK, 33)).hasMessage("rank is a number of axes from 1 to 32");
    assertThatThrownBy(() -> Limits.usual().with(Limit.RANK, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Products of extents overflow in 64 bits, some of them to small numbers. */
  @Test
  void elementsAreCountedExactly() {
    List<Integer> toZero = Collections.nCopies(4, 1 << 16);
    List<Integer> toOne = List.of(641, 6_700_417, LARGE);
    for (List<Integer> dims : List.of(toZero, toOne, Collections.nCopies(16, LARGE), List.of(1 << 14, (1 << 14) + 1))) {
      assertThatThrownBy(() -> Limits.usual().checkShape("x", "an input", dims)).hasMessageStartingWith("LP1012 x: ");
    }
    assertThatNoException().isThrownBy(() -> Limits.usual().checkShape("x", "an input", List.of(1 << 14, 1 << 14)));
    assertThatNoException().isThrownBy(() -> Limits.usual().checkShape("x", "an input", List.of(LARGE, LARGE, LARGE, 0)));
    assertThatNoException().isThrownBy(() -> Limits.usual().checkShape("x", "an input", List.of()));
  }

  @Test
  void everyLimitHasAWordAndRoom() {
    for (Limit limit : Limit.values()) {
      assertThat(Limit.parse(limit.word())).contains(limit);
      assertThat(limit.usual()).isPositive().isLessThanOrEqualTo(limit.most());
    }
  }
}

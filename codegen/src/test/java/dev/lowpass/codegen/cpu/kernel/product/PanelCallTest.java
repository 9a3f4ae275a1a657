package dev.lowpass.codegen.cpu.kernel.product;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One call serves all kernels of a panel: each takes what it needs, and misses it where it is not there. */
class PanelCallTest {
  private static final ProductKernel PLAIN =
      ProductKernel.of(new ProductPanel.Plain(1), RowTiles.of(4, 8), Pitch.ofSlabs(8), Pitch.ofSlabs(8));

  private static final ProductKernel FETCHING = PLAIN.with(Fetches.NONE.andRows());
  private static final ProductKernel ADDING = PLAIN.with(new Epilogue(true, List.of()));

  private final Expr memory = Buffer.f32("memory", 1024).address(0);

  private PanelCall call(ProductKernel kernel) {
    return kernel
        .call(kernel.build("kernel"))
        .x(memory)
        .weights(memory)
        .bias(memory)
        .y(memory)
        .rows(Expr.i32(8))
        .channels(Expr.i32(16))
        .biasRows(Expr.i32(8))
        .list(memory);
  }

  @Test
  void whatAKernelDoesWithoutIsNotPassed() {
    assertThatCode(() -> call(PLAIN).far(Expr.i32(0)).soon(memory).in(new Code())).doesNotThrowAnyException();
    assertThatCode(() -> call(FETCHING).far(Expr.i32(0)).in(new Code())).doesNotThrowAnyException();
    assertThatCode(() -> call(ADDING).residual(Optional.of(memory)).in(new Code())).doesNotThrowAnyException();
  }

  @Test
  void whatItNeedsIsMissed() {
    assertThatIllegalArgumentException().isThrownBy(() -> call(FETCHING).in(new Code())).withMessageContaining("'far'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(ADDING).residual(Optional.empty()).in(new Code()))
        .withMessageContaining("'residual'");
  }

  @Test
  void whatItCannotAddIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(PLAIN).residual(Optional.of(memory)))
        .withMessageContaining("'residual'");
  }

  @Test
  void addressesAndCountsAreToldApart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PLAIN.call(PLAIN.build("kernel")).rows(memory))
        .withMessageContaining("'rows'");
  }
}

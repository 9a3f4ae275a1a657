package dev.lowpass.codegen.cpu.kernel;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.op.Elementwise;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What becomes of a kernel's sums before they are written: act(sum + residual).
 *
 * @param residual whether there is something to add
 */
public record Epilogue(boolean residual, List<Elementwise> activation) {
  public static final Epilogue NONE = new Epilogue(false, List.of());

  /** Functions alone. */
  public static Epilogue of(List<Elementwise> activation) {
    return new Epilogue(false, activation);
  }

  /** @param residual what is added, if anything is */
  public static Epilogue of(Optional<?> residual, List<Elementwise> activation) {
    return new Epilogue(residual.isPresent(), activation);
  }

  /** {@code sum} with {@code added}, which is asked for only where there is a residual. */
  public Expr withResidual(Expr sum, Supplier<Expr> added) {
    return residual ? sum.plus(added.get()) : sum;
  }

  public Expr activated(Expr value) {
    return Vectors.apply(activation, value);
  }

  public Expr apply(Expr sum, Supplier<Expr> added) {
    return activated(withResidual(sum, added));
  }
}

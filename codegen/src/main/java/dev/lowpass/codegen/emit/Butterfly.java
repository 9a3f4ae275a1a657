package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import org.jspecify.annotations.Nullable;

/**
 * One-dimensional DCT-II and its inverse over n registers, by even and odd symmetry, truncated to the first
 * coefficients.
 *
 * <p>The basis is unnormalised: forward X(u) = scale · Σ x(i) cos((2i+1)uπ/2n), inverse x(i) = X(0) + Σ 2 X(u) cos(…).
 * A forward and an inverse pass give n · scale times the input, so a block's two passes take scale = 1/size once.
 */
public final class Butterfly {
  private Butterfly() {}

  public static double cosine(int u, int i, int n) {
    return Math.cos((2 * i + 1) * u * Math.PI / (2 * n));
  }

  /** The first {@code count} coefficients of {@code samples}, which are released. */
  public static Register[] forward(RegisterPool pool, Register[] samples, int count, double scale) {
    int n = samples.length;
    int half = n / 2;
    Register[] sums = new Register[half];
    Register[] differences = new Register[half];
    for (int i = 0; i < half; i++) {
      Expr left = samples[i].get();
      Expr right = samples[n - 1 - i].get();
      sums[i] = pool.holding(left.plus(right));
      if (count > 1) {
        differences[i] = pool.holding(left.minus(right));
      }
    }
    Register[] result = new Register[count];
    for (int u = 0; u < count; u++) {
      boolean even = u % 2 == 0;
      Expr total = even && n % 2 == 1 ? scaled(samples[half].get(), cosine(u, half, n) * scale) : null;
      if (u == 0) {
        total = scaled(plainSum(sums, n % 2 == 1 ? samples[half] : null), scale);
      } else {
        for (int i = 0; i < half; i++) {
          Expr term = scaled((even ? sums : differences)[i].get(), cosine(u, i, n) * scale);
          total = total == null ? term : total.plus(term);
        }
      }
      result[u] = pool.holding(total == null ? Expr.constant(pool.type(), 0) : total);
    }
    pool.release(sums);
    if (count > 1) {
      pool.release(differences);
    }
    pool.release(samples);
    return result;
  }

  private static Expr plainSum(Register[] sums, @Nullable Register middle) {
    Expr total = middle == null ? null : middle.get();
    for (Register sum : sums) {
      total = total == null ? sum.get() : total.plus(sum.get());
    }
    if (total == null) {
      throw new IllegalArgumentException("a transform of no samples");
    }
    return total;
  }

  /** The {@code n} samples of a prefix of coefficients, which are released. */
  public static Register[] inverse(RegisterPool pool, Register[] coefficients, int n) {
    int half = n / 2;
    Register[] evens = new Register[Math.ceilDiv(n, 2)];
    Register[] odds = new Register[half];
    for (int i = 0; i < evens.length; i++) {
      Expr total = coefficients[0].get();
      for (int u = 2; u < coefficients.length; u += 2) {
        total = total.plus(scaled(coefficients[u].get(), 2 * cosine(u, i, n)));
      }
      evens[i] = pool.holding(total);
    }
    for (int i = 0; i < half && coefficients.length > 1; i++) {
      Expr total = scaled(coefficients[1].get(), 2 * cosine(1, i, n));
      for (int u = 3; u < coefficients.length; u += 2) {
        total = total.plus(scaled(coefficients[u].get(), 2 * cosine(u, i, n)));
      }
      odds[i] = pool.holding(total);
    }
    pool.release(coefficients);
    Register[] samples = new Register[n];
    for (int i = 0; i < half; i++) {
      boolean constant = coefficients.length == 1;
      samples[i] = pool.holding(constant ? evens[i].get() : evens[i].get().plus(odds[i].get()));
      samples[n - 1 - i] = pool.holding(constant ? evens[i].get() : evens[i].get().minus(odds[i].get()));
    }
    if (n % 2 == 1) {
      samples[half] = pool.holding(evens[half].get());
    }
    pool.release(evens);
    if (coefficients.length > 1) {
      pool.release(odds);
    }
    return samples;
  }

  private static Expr scaled(Expr value, double factor) {
    return Math.abs(factor - 1) < 1e-15 ? value : value.times(factor);
  }
}

package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a kernel that rounds, and what becomes of its sums. */
final class PanelResult {
  private final ProductKernel product;
  final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
  final Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
  private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
  private final Buffer residual = Buffer.f32("residual", Buffer.UNCHECKED);
  private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
  final Var rows = Var.i32("rows");
  final Var channels = Var.i32("channels");
  private final Var biasRows = Var.i32("biasRows");
  final Var between = Var.i32("between");
  final Buffer sums = Buffer.f32("sums", Buffer.UNCHECKED);

  PanelResult(ProductKernel product) {
    this.product = product;
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
    if (product.epilogue().residual()) {
      parameters.add(residual);
    }
    parameters.addAll(List.of(y, rows, channels, biasRows, between, sums));
    return parameters;
  }

  /** To come before all rows. */
  void begin(Code code) {
    if (isMean()) {
      for (int v = 0; v < product.panel().vectors(); v++) {
        code.store(y, place(product.output(), Expr.i32(0), v), Expr.f32(0).broadcast(LANES));
      }
    }
  }

  /** Writes vector {@code v} of the outputs of {@code row}, whose sum of products is {@code sum}. */
  void write(Code code, Expr row, int v, Expr sum) {
    Expr value = sum.plus(bias(row, v));
    Pitch added = isMean() ? product.input() : product.output();
    value = product.epilogue().withResidual(value, () -> residual.load(place(added, row, v), LANES));
    Expr at = place(product.output(), isMean() ? Expr.i32(0) : row, v);
    switch (product.ending()) {
      case OVER -> code.store(y, at, product.epilogue().activated(value));
      case ONTO -> code.store(y, at, product.epilogue().activated(value.plus(y.load(at, LANES))));
      case MEAN -> {
        Expr share = Expr.f32(1).over(rows.cast(DataType.F32)).broadcast(LANES);
        code.store(y, at, y.load(at, LANES).plus(product.epilogue().activated(value).times(share)));
      }
    }
  }

  private Expr bias(Expr row, int v) {
    Expr bias = b.load(Expr.i32(v * LANES), LANES);
    return switch (product.biasRows()) {
      case ALL -> bias;
      case FIRST -> {
        Expr has = row.lessThan(biasRows).select(Expr.f32(1), Expr.f32(0));
        yield bias.times(has.broadcast(LANES));
      }
    };
  }

  private boolean isMean() {
    return product.ending() == ProductKernel.Ending.MEAN;
  }

  private static Expr place(Pitch pitch, Expr row, int vector) {
    return row.times(pitch.row()).plus(vector * pitch.slab());
  }
}

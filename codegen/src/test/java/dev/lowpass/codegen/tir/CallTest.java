package dev.lowpass.codegen.tir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A call that would overwrite somebody's memory is refused while it is built, and says what is wrong with it. */
class CallTest {
  private static final int COUNT = 4;

  private final Buffer input = Buffer.f32("input", COUNT);
  private final Buffer output = Buffer.f32("output", COUNT);
  private final Buffer scratch = Buffer.f32("scratch", COUNT);
  private final Function plain = product(false);
  private final Function added = product(true);

  /** y = 10 x + residual for some rows, which are written into a list too. */
  private static Function product(boolean residual) {
    Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer r = Buffer.f32("residual", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    Buffer seen = Buffer.i32("list", Buffer.UNCHECKED);
    List<Parameter> parameters = new ArrayList<>(List.of(x));
    if (residual) {
      parameters.add(r);
    }
    parameters.addAll(List.of(y, rows, seen));
    return Function.kernel(
        residual ? "added" : "plain",
        parameters,
        Code.of(
            code ->
                code.loop(
                    "row",
                    rows,
                    (body, row) -> {
                      Expr product = x.load(row).times(10);
                      body.store(y, row, residual ? product.plus(r.load(row)) : product);
                      body.store(seen, row, row);
                    })));
  }

  private Expr list() {
    return scratch.address(0).pointingTo(DataType.I32);
  }

  private Call complete(Function kernel, Optional<Expr> residual) {
    return Call.to(kernel)
        .pass("rows", Expr.i32(COUNT))
        .pass("list", list())
        .pass("y", output.address(0))
        .pass("residual", residual)
        .pass("x", input.address(0));
  }

  @Test
  void argumentsGoWhereTheirNamesSay() {
    Stmt calls =
        Code.of(
            code -> {
              code.call(complete(plain, Optional.empty()));
              code.call(complete(added, Optional.of(output.address(0))));
            });
    Function entry = Function.entry("lowpass_main", List.of(input, scratch, output), calls);
    float[] result = new float[COUNT];
    BuiltLibrary.run(List.of(plain, added, entry), new float[] {1, 2, 3, 4}, new float[COUNT], result);
    assertThat(result).containsExactly(20, 40, 60, 80);
  }

  @Test
  void wrongNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stmt.call(plain, List.of(input.address(0), output.address(0), Expr.i32(COUNT))))
        .withMessage("plain wants 4 arguments (x, y, rows, list), given 3");
  }

  @Test
  void numberForPointer() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Stmt.call(plain, List.of(input.address(0), Expr.i32(COUNT), output.address(0), list())))
        .withMessage("plain: argument 2 'y' wants a pointer to float32, given int32");
  }

  @Test
  void pointerForNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Call.to(added).pass("rows", output.address(0)))
        .withMessage("added: argument 4 'rows' wants int32, given a pointer to float32");
  }

  @Test
  void numberOfAnotherType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Call.to(plain).pass("rows", Expr.i32(COUNT).cast(DataType.I64)))
        .withMessage("plain: argument 3 'rows' wants int32, given int64");
  }

  @Test
  void pointerToAnotherElement() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Call.to(plain).pass("list", output.address(0)))
        .withMessage("plain: argument 4 'list' wants a pointer to int32, given a pointer to float32");
  }

  @Test
  void memoryMayHoldAnotherElementThanBefore() {
    Call.to(plain).pass("list", output.address(0).pointingTo(DataType.I32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expr.i32(1).pointingTo(DataType.I32))
        .withMessage("int32 is not an address");
  }

  @Test
  void forgottenArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete(added, Optional.empty()).statement())
        .withMessage("added: nothing is passed for 'residual'");
  }

  @Test
  void argumentThatNobodyWants() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete(plain, Optional.of(input.address(0))))
        .withMessage("plain has no parameter 'residual', but (x, y, rows, list)");
  }

  @Test
  void argumentPassedTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Call.to(plain).pass("x", input.address(0)).pass("x", input.address(1)))
        .withMessage("plain: 'x' is passed twice");
  }

  @Test
  void parametersOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Function.kernel("twins", List.of(input, Var.i32("input")), Stmt.sequence(List.of())))
        .withMessage("twins has two parameters 'input'");
  }

  @Test
  void kernelsAreNoEntries() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stmt.callEntry(plain, List.of()))
        .withMessage("plain is a kernel, called as an entry");
    Function entry = Function.entry("entry", List.of(input), Stmt.sequence(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stmt.call(entry, List.of(input.address(0))))
        .withMessage("entry is an entry, called as a kernel");
  }

  @Test
  void entriesTakeTensors() {
    Function entry = Function.entry("entry", List.of(input, Var.i32("step")), Stmt.sequence(List.of()));
    Stmt.callEntry(entry, List.of(Var.tensor("given", DataType.F32), Expr.i32(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stmt.callEntry(entry, List.of(input.address(0), Expr.i32(0))))
        .withMessage("entry: argument 1 'input' wants a tensor of float32, given a pointer to float32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stmt.callEntry(entry, List.of(Var.tensor("given", DataType.I32), Expr.i32(0))))
        .withMessage("entry: argument 1 'input' wants a tensor of float32, given a tensor of int32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stmt.callEntry(entry, List.of(Expr.i32(0))))
        .withMessage("entry wants 2 arguments (input, step), given 1");
  }
}

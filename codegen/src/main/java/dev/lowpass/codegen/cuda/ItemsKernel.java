package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/** A work-item for every item of a function. */
record ItemsKernel(ElementFunction function) implements DeviceKernel {
  @Override
  public Grid grid() {
    return Grid.line(function.count());
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    Expr item = place.number(grid());
    if (grid().groups().x() * (long) grid().items().x() == function.count()) {
      function.write(code, memory, item);
    } else {
      code.when(item.lessThan(function.count()), then -> function.write(then, memory, item));
    }
  }
}

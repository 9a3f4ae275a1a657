package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Memory;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/** A copy; {@link CopyLoops} says what an item is. */
record CopyElements(Copy copy, CopyLoops loops, Table table, Slot target) implements ElementFunction {
  private static final int LANES = Places.LANES;

  @Override
  public long count() {
    return loops.count();
  }

  @Override
  public long weight() {
    return loops.weight();
  }

  /** Where a copy has come to: elements of the target, of the source, and entries of the table. */
  private record Place(Expr target, Expr source, Expr entry) {
    Place plus(Digit digit, Expr count, int entries) {
      return new Place(
          target.plus(count.times(digit.target())),
          source.plus(count.times(digit.source())),
          entries == 0 ? entry : entry.plus(count.times(entries)));
    }
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr begin = Expr.i32(copy.source().map(memory::start).orElse(0) + copy.begin());
    Place place = new Place(Expr.i32(memory.start(target) + copy.start()), begin, Expr.i32(table.offset()));
    Expr rest = index.floorDiv(loops.blocks());
    for (int i = loops.outer().size() - 1; i >= 0; i--) {
      Digit digit = loops.outer().get(i);
      place = at(place, digit, i == 0 ? rest : rest.floorMod(digit.extent()));
      rest = rest.floorDiv(digit.extent());
    }
    if (loops.blocks() > 1) {
      Expr first = index.floorMod(loops.blocks()).times(loops.block());
      place = at(place, loops.vector(), first.min(loops.vector().extent() - loops.block()));
    }
    Expr targets = code.let("target", place.target());
    Expr sources = code.let("source", place.source());
    Expr entries = code.let("entry", place.entry());
    inner(code, memory, new Place(targets, sources, entries), 0);
  }

  private Place at(Place place, Digit digit, Expr count) {
    return place.plus(digit, count, table.stride(digit));
  }

  private void inner(Code code, Memory memory, Place place, int depth) {
    if (depth < loops.inner().size()) {
      Digit digit = loops.inner().get(depth);
      code.loop("i" + depth, digit.extent(), (body, i) -> inner(body, memory, at(place, digit, i), depth + 1));
    } else if (loops.block() < LANES) {
      code.loop("i", loops.block(), (body, i) -> one(body, memory, at(place, loops.vector(), i)));
    } else {
      int whole = loops.block() / LANES;
      code.loop("i", whole, (body, i) -> vector(body, memory, at(place, loops.vector(), i.times(LANES))));
      if (whole * LANES < loops.block()) {
        vector(code, memory, at(place, loops.vector(), Expr.i32(loops.block() - LANES)));
      }
    }
  }

  private Buffer from(Memory memory) {
    return memory.bufferOf(copy.source().orElseThrow());
  }

  private void one(Code code, Memory memory, Place place) {
    Buffer to = memory.bufferOf(target);
    if (copy.source().isEmpty()) {
      code.store(to, place.target(), Expr.constant(to.element(), copy.value()));
      return;
    }
    Expr source = table == Table.NONE ? place.source() : place.source().plus(entry(memory, place.entry()));
    code.store(to, place.target(), from(memory).load(source));
  }

  private static Expr entry(Memory memory, Expr place) {
    return memory.parameters().load(place).reinterpret(DataType.I32);
  }

  private void vector(Code code, Memory memory, Place place) {
    Buffer to = memory.bufferOf(target);
    if (copy.source().isEmpty()) {
      code.store(to, place.target(), Expr.constant(to.element(), copy.value()).broadcast(LANES));
      return;
    }
    Buffer from = from(memory);
    int stride = Math.toIntExact(loops.vector().source());
    if (table.stride(loops.vector()) == 0) {
      Expr first = table == Table.NONE ? place.source() : place.source().plus(entry(memory, place.entry()));
      code.store(to, place.target(), strided(from, first, stride));
      return;
    }
    switch (table.neighbours()) {
      case ALWAYS -> neighbours(code, memory, place);
      case NEVER -> gathered(code, memory, place);
      case SOME -> {
        Expr last = entry(memory, place.entry().plus(LANES - 1));
        Expr apart = last.minus(entry(memory, place.entry()));
        code.when(
            apart.equalTo(LANES - 1),
            then -> neighbours(then, memory, place),
            otherwise -> gathered(otherwise, memory, place));
      }
    }
  }

  private static Expr strided(Buffer from, Expr first, int stride) {
    return stride == 0
        ? from.load(first).broadcast(LANES)
        : from.load(stride == 1 ? Expr.ramp(first, LANES) : Expr.ramp(first, stride, LANES));
  }

  private void neighbours(Code code, Memory memory, Place place) {
    Expr first = place.source().plus(entry(memory, place.entry()));
    code.store(memory.bufferOf(target), place.target(), from(memory).load(first, LANES));
  }

  private void gathered(Code code, Memory memory, Place place) {
    List<Expr> elements = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      elements.add(from(memory).load(place.source().plus(entry(memory, place.entry().plus(lane)))));
    }
    Expr vector = Expr.shuffle(elements, java.util.stream.IntStream.range(0, LANES).toArray());
    code.store(memory.bufferOf(target), place.target(), vector);
  }
}

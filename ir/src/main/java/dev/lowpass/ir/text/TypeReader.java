package dev.lowpass.ir.text;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.text.grammar.IrParser.DomainContext;
import dev.lowpass.ir.text.grammar.IrParser.ListContext;
import dev.lowpass.ir.text.grammar.IrParser.RunContext;
import dev.lowpass.ir.text.grammar.IrParser.TypeContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Reads types, {@code f32[1, 64, 14, 14] in dct<7x7, zigzag, [49*60, 10*4]>}, and the lists in them. */
record TypeReader(SourceFile source) {
  private static final long MAX_RANK = Limit.RANK.usual();

  private static final long MAX_ELEMENTS = Limit.ELEMENTS.usual();

  TensorType read(TypeContext type) {
    try {
      ElementType element = ElementType.parse(type.WORD().getText());
      Shape shape = shape(type);
      return new TensorType(element, shape, domain(type.domain(), shape));
    } catch (IllegalArgumentException e) {
      throw source.syntaxError(type.start, String.valueOf(e.getMessage()));
    }
  }

  private Shape shape(TypeContext type) {
    List<Integer> dims = new ArrayList<>();
    for (TerminalNode extent : type.INTEGER()) {
      dims.add(source.integer(extent.getSymbol()));
      if (dims.size() > MAX_RANK) {
        throw source.error("LP2016", extent.getSymbol(), "a shape beyond " + MAX_RANK + " axes");
      }
    }
    Shape shape = new Shape(dims);
    checkElements(shape, type.start);
    return shape;
  }

  /** Error LP2016 {@code at} a value of more elements than are computed. */
  void checkElements(Shape shape, Token at) {
    if (shape.elements() > MAX_ELEMENTS) {
      throw source.error("LP2016", at, "a value of shape " + shape + ", beyond " + MAX_ELEMENTS + " elements");
    }
  }

  private Domain domain(@Nullable DomainContext domain, Shape shape) {
    if (domain == null) {
      return Domain.SPATIAL;
    }
    Block block = source.block(domain.SIZE().getSymbol());
    CoefficientOrder order = CoefficientOrder.parse(domain.WORD().getText());
    if (shape.rank() != 4) {
      throw new IllegalArgumentException("frequency data has shape [N, C, H, W], not " + shape);
    }
    Bands bands = domain.list() == null ? Bands.full(shape.dim(1), block.size()) : new Bands(integers(domain.list()));
    return new Domain.Frequency(block, order, bands);
  }

  /** A list of integers, runs expanded. */
  List<Integer> integers(ListContext list) {
    RunList values = new RunList(source, "LP2016", Bands.MAX_CHANNELS);
    for (RunContext run : list.run()) {
      Token value = run.number().start;
      if (run.number().REAL() != null) {
        throw source.syntaxError(value, "expected an integer, found " + value.getText());
      }
      values.add(value, run.INTEGER() == null ? null : run.INTEGER().getSymbol());
    }
    return values.values();
  }
}

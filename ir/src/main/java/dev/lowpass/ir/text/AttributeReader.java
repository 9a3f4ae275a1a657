package dev.lowpass.ir.text;

import dev.lowpass.ir.op.Attributes;
import dev.lowpass.ir.op.Attributes.Attribute;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Operators;
import dev.lowpass.ir.text.grammar.IrParser.AttributeContext;
import dev.lowpass.ir.text.grammar.IrParser.NumberContext;
import dev.lowpass.ir.text.grammar.IrParser.OperationContext;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads an operator's word and attributes, {@code clip … {min = 0.0, max = 6.0}}. */
record AttributeReader(SourceFile source, TypeReader types) {
  /** A value that no operator takes for any attribute. */
  private static final Attribute NONSENSE = new Attributes.Word("");

  Op read(OperationContext operation) {
    Token word = operation.start;
    @Nullable Function<Attributes, Op> maker = Operators.byMnemonic().get(word.getText());
    if (maker == null) {
      String nearest = NearestName.among(Operators.byMnemonic().keySet(), word.getText()).orElseThrow();
      throw source.error("LP2011", word, "no operator '" + word.getText() + "'; the nearest is '" + nearest + "'");
    }
    List<AttributeContext> written = operation.attributes() == null ? List.of() : operation.attributes().attribute();
    Attributes attributes = Attributes.none();
    for (AttributeContext attribute : written) {
      String name = attribute.WORD().getText();
      if (attributes.entries().containsKey(name)) {
        throw source.error("LP2013", attribute.start, "attribute '" + name + "' is written twice");
      }
      attributes = attributes.with(name, value(attribute));
    }
    Op op = make(maker, attributes, word);
    for (AttributeContext attribute : written) {
      String name = attribute.WORD().getText();
      if (!reads(maker, attributes, name)) {
        throw source.error(
            "LP2011", attribute.start, "operator '" + word.getText() + "' has no use for '" + name + "' here");
      }
    }
    return op;
  }

  private Op make(Function<Attributes, Op> maker, Attributes attributes, Token word) {
    try {
      return maker.apply(attributes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw source.error("LP2011", word, word.getText() + ": " + e.getMessage());
    }
  }

  /** Operators do not list what they read, but each rejects nonsense where it does. */
  private static boolean reads(Function<Attributes, Op> maker, Attributes attributes, String name) {
    try {
      maker.apply(attributes.with(name, NONSENSE));
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private Attribute value(AttributeContext attribute) {
    if (attribute.list() != null) {
      return new Attributes.Wholes(types.integers(attribute.list()));
    }
    if (attribute.SIZE() != null) {
      return new Attributes.Size(source.block(attribute.SIZE().getSymbol()));
    }
    if (attribute.number() != null) {
      return number(attribute.number());
    }
    return new Attributes.Word(attribute.word().getText());
  }

  private Attribute number(NumberContext number) {
    return number.REAL() == null
        ? new Attributes.Whole(source.integer(number.start))
        : new Attributes.Real(ConstantReader.real(number.getText()));
  }
}

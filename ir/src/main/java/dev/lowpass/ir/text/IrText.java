package dev.lowpass.ir.text;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.grammar.IrLexer;
import dev.lowpass.ir.text.grammar.IrParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonTokenStream;

/**
 * IR text to graphs and back; {@code parse(print(g), constants(g))} equals {@code g}.
 *
 * <pre>
 * graph @block(%x: f32[1, 64, 14, 14] in dct&lt;7x7, zigzag&gt;) -&gt; (logits = %z) {
 *   %w = constant f32[96, 64] @block.weight        // from the side file; operands may name it directly, too
 *   %b = constant f32[96] splat(0.5)               // or [0.5*96]
 *   %r = constant f32[96, 64] random(seed = 7)     // see {@link RandomConstant}
 *   %z = pointwise %x, %w, %b : f32[1, 96, 14, 14] in dct&lt;7x7, zigzag&gt; loc("features.1")
 * }
 * </pre>
 *
 * <p>Result types may be left out; one that is written must be the inferred one. {@code //} and {@code ;} begin
 * comments. A name with characters beyond {@code A-Z a-z 0-9 _ . / : -} is quoted, {@code %"odd name"}. Untrusted text
 * cannot ask for much memory: lengths of lists and sizes of constants are bounded.
 *
 * <p>Errors are LowpassExceptions whose place is {@code file:line:column}, the first mistake only: LP2001 operands that
 * do not fit, LP2010 syntax and malformed literals, LP2011 unknown operators and attributes, LP2012 undefined values,
 * LP2013 names defined twice, LP2014 wrong stated types, LP2015 constants, LP2016 limits.
 */
public final class IrText {
  private IrText() {}

  /** The only graph in {@code source}; {@code fileName} is for error messages. */
  public static Graph parse(String source, String fileName) {
    return parse(source, fileName, Map.of());
  }

  /** The only graph in {@code source}, with {@code constants} to look up {@code @name} in. */
  public static Graph parse(String source, String fileName, Map<String, Tensor> constants) {
    List<Graph> graphs = parseAll(source, fileName, constants);
    if (graphs.size() != 1) {
      throw new LowpassException("LP2010", fileName, "has " + graphs.size() + " graphs where one is expected");
    }
    return graphs.getFirst();
  }

  public static List<Graph> parseAll(String source, String fileName) {
    return parseAll(source, fileName, Map.of());
  }

  /** All graphs in {@code source}, in order; their names need not differ. */
  public static List<Graph> parseAll(String source, String fileName, Map<String, Tensor> constants) {
    SourceFile file = new SourceFile(fileName, "LP2010");
    IrLexer lexer = new IrLexer(file.characters(source));
    IrParser parser = new IrParser(new CommonTokenStream(lexer));
    file.listenTo(lexer);
    file.listenTo(parser);
    ConstantReader values = new ConstantReader(file, constants);
    List<Graph> graphs = new ArrayList<>();
    for (IrParser.GraphContext graph : parser.file().graph()) {
      graphs.add(new GraphReader(file, values).read(graph));
    }
    return List.copyOf(graphs);
  }

  public static String print(Graph graph) {
    return IrPrinter.print(graph);
  }

  /** The constants that {@link #print} writes as {@code @name}, by that name. */
  public static Map<String, Tensor> constants(Graph graph) {
    return IrPrinter.namedConstants(graph);
  }
}

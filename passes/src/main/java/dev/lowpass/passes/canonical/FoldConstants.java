package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes nodes whose operands are all constants, in double precision, rounded once to the element type.
 *
 * <pre>
 * %a = constant f32[2] [1.0, 2.0]
 * %b = constant f32[2] [3.0, 4.0]                 %c = constant f32[2] [4.0, 6.0]
 * %c = add %a, %b                            =>   %y = mul %x, %c
 * %y = mul %x, %c
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>an operand is no constant;
 *   <li>the result has more than {@code limit} elements and more than its operands together: a broadcast or padding of
 *       a small constant is cheaper to compute than to ship;
 *   <li>the result has more than 2^25 elements, which would take gigabytes while it is computed;
 *   <li>the result is a frequency value, which a constant cannot be.
 * </ul>
 */
public record FoldConstants(Options options) implements Pass {
  private static final long MOST = 1 << 25;

  /**
   * Options of the pass.
   *
   * @param limit elements up to which a result may be larger than its operands
   */
  public record Options(int limit) {
    public static final Options DEFAULT = new Options(65536);

    static Options parse(PassOptions options) {
      return new Options(options.whole("limit", DEFAULT.limit()));
    }
  }

  public static FoldConstants parse(PassOptions options) {
    return new FoldConstants(Options.parse(options));
  }

  @Override
  public String name() {
    return "fold-constants";
  }

  @Override
  public String summary() {
    return "computes nodes whose operands are all constants";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    Map<String, Tensor> known = new LinkedHashMap<>();
    List<Node> folded = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Constant constant) {
        known.put(node.name(), constant.value());
      } else if (isFoldable(node, known)) {
        List<Tensor> operands = node.operands().stream().map(operand -> known.get(operand.name())).toList();
        Tensor value = Interpreter.evaluate(node.op(), operands);
        if (value.type().equals(node.type())) {
          known.put(node.name(), value);
          folded.add(Node.of(node.name(), new Constant(value), List.of(), node.location()));
        }
      }
    }
    return Rewrite.redefine(folded);
  }

  private boolean isFoldable(Node node, Map<String, Tensor> known) {
    boolean constant = node.operands().stream().allMatch(operand -> known.containsKey(operand.name()));
    long given = node.operands().stream().mapToLong(operand -> operand.type().shape().elements()).sum();
    long most = Math.min(MOST, Math.max(given, options.limit()));
    return constant && node.type().isSpatial() && node.type().shape().elements() <= most;
  }
}

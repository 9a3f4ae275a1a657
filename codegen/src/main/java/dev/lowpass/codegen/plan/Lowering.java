package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.MapStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.Producer;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Projection;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns a graph into a plan: decides what is fused into one kernel, gives every value a layout, and places them in
 * memory.
 */
public final class Lowering {
  private final Graph graph;
  private final Machine machine;
  private final Chain chain;
  private final SlotTable slots;

  /** What to emit once the node at the key, the last of its group, is reached. */
  private final Map<String, Runnable> pending = new HashMap<>();

  private final Set<String> absorbed = new HashSet<>();

  private Lowering(Graph graph, Machine machine) {
    this.graph = graph;
    this.machine = machine;
    this.chain = new Chain(graph);
    this.slots = new SlotTable(graph);
  }

  /**
   * The plan of {@code graph} on {@code machine}.
   *
   * @throws LowpassException LP4001 where the graph has something that no kernel does
   */
  public static Plan lower(Graph graph, Machine machine) {
    return new Lowering(graph, machine).run();
  }

  private Plan run() {
    // Depthwise nodes take what stands before them, so they choose first.
    graph.nodes().stream().filter(node -> node.op() instanceof Depthwise).forEach(this::fuseDepthwise);
    for (Node node : graph.nodes()) {
      if (!absorbed.contains(node.name())) {
        lower(node);
      }
      Optional.ofNullable(pending.remove(node.name())).ifPresent(Runnable::run);
    }
    return slots.finish();
  }

  private void fuseDepthwise(Node node) {
    if (absorbed.contains(node.name())) {
      return;
    }
    Predicate<Node> isFree = other -> !absorbed.contains(other.name());
    if (!machine.fusion().keepsSlabs()) {
      Fusion.Depthwise fusion = Fusion.after(chain, node);
      claim(fusion.absorbed(), () -> emitDepthwise(node, fusion));
      return;
    }
    Optional<Fusion.Block> block = Fusion.block(chain, node, machine.fusion(), isFree);
    if (block.isPresent()) {
      claim(block.orElseThrow().absorbed(), () -> emitBlock(node, block.orElseThrow()));
    } else {
      Fusion.Depthwise fusion = Fusion.around(chain, node, isFree);
      claim(fusion.absorbed(), () -> emitDepthwise(node, fusion));
    }
  }

  private void emitBlock(Node node, Fusion.Block block) {
    Optional<Producer> producer =
        block
            .producer()
            .map(
                made ->
                    made.op() instanceof Convolution convolution
                        ? new Stem(convolution.window(), weight(made), bias(made))
                        : new Expansion(weight(made), bias(made), bands(made)));
    Node projection = block.projection();
    slots.add(
        new BlockStep(
            block.producer().map(made -> layer(made) + " + ").orElse("") + layer(node) + " + " + layer(projection),
            block.producer().filter(made -> made.op() instanceof Convolution).isPresent()
                ? slots.anyLayout(block.input())
                : slots.slabbed(block.input()),
            slots.define(block.epilogue().result()),
            producer,
            node.type().shape().dim(1),
            Chain.functions(block.before()),
            ((Depthwise) node.op()).window(),
            weight(node),
            bias(node),
            Chain.functions(block.after()),
            new Projection(
                weight(projection),
                bias(projection),
                block.epilogue().residual().map(slots::slabbed),
                Chain.functions(block.epilogue().functions()))));
  }

  private void claim(List<Node> nodes, Runnable emission) {
    nodes.forEach(node -> absorbed.add(node.name()));
    pending.put(nodes.getLast().name(), emission);
  }

  private void emitDepthwise(Node node, Fusion.Depthwise fusion) {
    Optional<Expansion> expansion =
        fusion.expansion().map(e -> new Expansion(weight(e), bias(e), bands(e)));
    Window window = ((Depthwise) node.op()).window();
    Optional<Bands> keep = fusion.forward().map(dct -> dct.type().frequency().bands());
    slots.add(
        new DepthwiseStep(
            layer(fusion.expansion().orElse(node)) + (fusion.expansion().isPresent() ? " + " + layer(node) : ""),
            fusion.expansion().map(this::factors).orElseGet(() -> slots.slabbed(fusion.input())),
            slots.define(fusion.result()),
            expansion,
            Chain.functions(fusion.before()),
            window,
            weight(node),
            bias(node),
            Chain.functions(fusion.after()),
            keep,
            fusion.forward().isPresent() && !chain.readByProductsOnly(fusion.result())));
  }

  /** One kernel for a linear node and its epilogue, or the node alone. */
  private void lower(Node node) {
    switch (node.op()) {
      case Constant constant -> slots.constant(node.result(), constant.value());
      case Pointwise _, Convolution _, Idct _ -> {
        Fusion.Epilogue epilogue = Fusion.epilogue(chain, node.result());
        if (epilogue.absorbed().stream().anyMatch(n -> absorbed.contains(n.name()))) {
          epilogue = Fusion.Epilogue.none(node.result());
        }
        Fusion.Epilogue chosen = Fusion.pooled(chain, node, epilogue, machine);
        if (chosen.absorbed().isEmpty()) {
          emitLinear(node, chosen);
        } else {
          claim(chosen.absorbed(), () -> emitLinear(node, chosen));
        }
      }
      case Dct _ ->
          slots.add(
              new TransformStep(
                  layer(node),
                  slots.slabbed(node.operand(0)),
                  slots.define(node.result()),
                  Optional.empty(),
                  node.type().frequency().bands(),
                  !chain.readByProductsOnly(node.result()),
                  List.of(),
                  false));
      case Depthwise _ -> throw new IllegalStateException(node + " was not fused");
      case Elementwise function -> {
        Slot input = slots.inside(node.operand(0));
        slots.add(new MapStep(layer(node), input, slots.define(node.result()), List.of(function)));
      }
      case Binary binary ->
          slots.add(
              new CombineStep(
                  layer(node),
                  slots.inside(node.operand(0)),
                  slots.inside(node.operand(1)),
                  slots.define(node.result()),
                  binary.kind(),
                  List.of()));
      case GlobalAveragePool _, AveragePool _, MaxPool _ ->
          slots.add(new PoolStep(layer(node), slots.slabbed(node.operand(0)), slots.define(node.result()), node.op()));
      case Softmax softmax ->
          slots.add(
              new NormalizeStep(
                  layer(node),
                  slots.rowMajor(node.operand(0)),
                  slots.defineRowMajor(node.result()),
                  softmax.axis()));
      case MatrixProduct _ ->
          slots.add(
              new MultiplyStep(
                  layer(node),
                  slots.rowMajor(node.operand(0)),
                  slots.rowMajor(node.operand(1)),
                  slots.defineRowMajor(node.result())));
      case Reshape _, Transpose _, Slice _, Pad _, Concat _ -> {
        List<Slot> inputs = node.operands().stream().map(slots::inside).toList();
        slots.add(new MoveStep(layer(node), inputs, slots.define(node.result()), Optional.of(node.op())));
      }
      case BatchNormalization _ ->
          throw new LowpassException(
              "LP4001", node.name(), "no kernel for batch_normalization; run the pass fold-batch-normalization");
    }
  }

  private void emitLinear(Node node, Fusion.Epilogue epilogue) {
    List<Elementwise> functions = Chain.functions(epilogue.functions());
    Optional<Slot> residual = epilogue.residual().map(slots::slabbed);
    Value input = node.operand(0);
    String name = layer(node) + epilogue.pool().map(pool -> " + " + layer(pool)).orElse("");
    switch (node.op()) {
      case Pointwise _ ->
          slots.add(
              new ProductStep(
                  name,
                  factors(node),
                  slots.define(epilogue.result()),
                  residual,
                  weight(node),
                  bias(node),
                  bands(node),
                  functions,
                  hasZeros(input),
                  epilogue.pool().isPresent()));
      case Convolution convolution ->
          slots.add(
              new ConvolutionStep(
                  name,
                  convolution.groups() == 1 ? slots.anyLayout(input) : slots.slabbed(input),
                  slots.define(epilogue.result()),
                  residual,
                  convolution.window(),
                  convolution.groups(),
                  weight(node),
                  bias(node),
                  functions));
      case Idct _ ->
          slots.add(
              new TransformStep(
                  name,
                  slots.slabbed(input),
                  slots.define(epilogue.result()),
                  residual,
                  input.type().frequency().bands(),
                  false,
                  functions,
                  epilogue.pool().isPresent()));
      default -> throw new IllegalStateException(node + " has no epilogue");
    }
  }

  /** Whether a function makes zeros of many samples, or they are the means of such: zero where a channel is not found. */
  private boolean hasZeros(Value value) {
    return chain.producer(value)
        .filter(
            node ->
                switch (node.op()) {
                  case Elementwise function -> function.leavesZeros();
                  case GlobalAveragePool _, AveragePool _ -> hasZeros(node.operand(0));
                  default -> false;
                })
        .isPresent();
  }

  private static String layer(Node node) {
    return node.location().text().isEmpty() ? node.name() : node.location().text();
  }

  private Weights weight(Node node) {
    return Weights.of(constant(node, 1));
  }

  private Weights bias(Node node) {
    return node.operands().size() > 2 ? Weights.of(constant(node, 2)) : Weights.NONE;
  }

  private Tensor constant(Node node, int operand) {
    return chain
        .producer(node.operand(operand))
        .map(Node::op)
        .filter(op -> op instanceof Constant)
        .map(op -> ((Constant) op).value())
        .orElseThrow(
            () -> new LowpassException(
                "LP4002", node.name(), node.op().mnemonic() + " with computed weights; weights must be constants"));
  }

  /**
   * The input of {@code pointwise}; where a staircase over unsorted channels would read too much of it, with zeros
   * there.
   */
  private Slot factors(Node pointwise) {
    Value input = pointwise.operand(0);
    if (input.type().isSpatial()) {
      return slots.slabbed(input);
    }
    Bands reads = ((Pointwise) pointwise.op()).reads(input.type());
    return Band.readsTooMuch(reads, input.type().frequency().bands())
        ? slots.truncated(input, reads)
        : slots.slabbed(input);
  }

  private List<Band> bands(Node pointwise) {
    Layout.Slabbed layout = (Layout.Slabbed) Layout.inside(pointwise.operand(0).type());
    if (layout instanceof Layout.Coefficients coefficients) {
      Bands reads = ((Pointwise) pointwise.op()).reads(pointwise.operand(0).type());
      return Band.staircase(reads, coefficients.block().size());
    }
    return Band.dense(1, layout.channels());
  }
}

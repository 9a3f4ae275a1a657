package dev.lowpass.testsuite.filetest;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.ir.verify.Verifier;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.pass.Report;
import java.util.Map;
import java.util.SequencedMap;

/** What came of one graph of a file test. */
sealed interface Execution {
  /** The graph, or what was done with it, was in error. */
  record Rejected(LowpassException error) implements Execution {}

  /** The graph as written and after the passes (or as it was), and what the passes told. */
  record Finished(Graph before, Graph after, Report report) implements Execution {
    /** The outputs of the graph as written. */
    SequencedMap<String, Tensor> expected(Section section) {
      return Interpreter.run(before, inputs(before, section));
    }

    /** The outputs of the graph as it became. */
    SequencedMap<String, Tensor> outputs(Section section) {
      return Interpreter.run(after, inputs(after, section));
    }
  }

  static Execution of(FileTest file, Section section) {
    try {
      Graph graph = IrText.parse(section.source(), file.path());
      Verifier.verify(graph);
      PassContext usual = PassContext.of(file.machine());
      PassContext context = file.bands().map(usual::with).orElse(usual);
      Graph result =
          switch (file.command()) {
            case Command.Print print -> graph;
            case Command.Verify verify -> graph;
            case Command.Interpret interpret -> graph;
            case Command.Passes(Pipeline pipeline) -> PassManager.verifying().run(pipeline, graph, context);
          };
      return new Finished(graph, result, context.report());
    } catch (LowpassException e) {
      return new Rejected(e);
    }
  }

  private static Map<String, Tensor> inputs(Graph graph, Section section) {
    SequencedMap<String, Tensor> inputs = SeededInputs.of(graph, 1);
    for (Directive.Input input : section.all(Directive.Input.class)) {
      inputs.computeIfPresent(input.name(), (name, seeded) -> Tensors.like(seeded, input.values()));
    }
    return inputs;
  }
}

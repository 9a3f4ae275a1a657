package dev.lowpass.passes.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassManagerTest {
  private static final PassContext CONTEXT = PassContext.of(Machines.AVX512);
  private static final Graph TWO_RELUS =
      IrText.parse("graph @g(%x: f32[2]) -> (%y) { %a = relu %x %y = relu %a }", "test");

  /** Turns one relu a time into a sigmoid. */
  private record OneAtATime() implements Pass {
    @Override
    public String name() {
      return "one-at-a-time";
    }

    @Override
    public String summary() {
      return "turns relu into sigmoid";
    }

    @Override
    public Rewrite rewrite(Graph graph, PassContext context) {
      return graph.nodes().stream()
          .filter(node -> node.op() instanceof Relu)
          .findFirst()
          .map(node -> Rewrite.redefine(List.of(Node.of(node.name(), new Sigmoid(), node.operands(), node.location()))))
          .orElse(Rewrite.none());
    }
  }

  /** Redefines a node as it is, for ever. */
  private record Restless() implements Pass {
    @Override
    public String name() {
      return "restless";
    }

    @Override
    public String summary() {
      return "never rests";
    }

    @Override
    public Rewrite rewrite(Graph graph, PassContext context) {
      return Rewrite.redefine(List.of(graph.nodes().getFirst()));
    }
  }

  @Test
  void repeatsAPassUntilItHasNothingLeftToDo() {
    PassTiming timing = new PassTiming();
    Graph result = PassManager.verifying(timing).run(Pipeline.of(new OneAtATime()), TWO_RELUS, CONTEXT);
    assertThat(result.nodes()).allMatch(node -> node.op() instanceof Sigmoid);
    assertThat(timing.steps()).singleElement().extracting(PassTiming.Step::applications).isEqualTo(2);
  }

  @Test
  void aPassThatNeverRestsIsAnError() {
    assertThatThrownBy(() -> PassManager.verifying().run(Pipeline.of(new Restless()), TWO_RELUS, CONTEXT))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP3005 restless: does not converge");
  }

  @Test
  void printsBeforeAndAfterTheNamedPasses() {
    List<String> printed = new ArrayList<>();
    PassListener printing = new PrintGraphs(Set.of("one-at-a-time"), Set.of("all"), printed::add);
    PassManager.verifying(printing).run(Pipeline.of(new OneAtATime()), TWO_RELUS, CONTEXT);
    assertThat(printed).hasSize(2);
    assertThat(printed.get(0)).startsWith("// before one-at-a-time\n").contains("%y = relu %a");
    assertThat(printed.get(1)).startsWith("// after one-at-a-time, 2 changes\n").contains("%y = sigmoid %a");
    assertThat(IrText.parse(printed.get(0), "printed")).isEqualTo(TWO_RELUS);
  }

  @Test
  void progressNamesEveryStepOnce() {
    List<String> told = new ArrayList<>();
    PassListener progress =
        new PassListener() {
          @Override
          public void before(int index, int count, Pass pass, Graph graph) {
            told.add((index + 1) + "/" + count + " " + pass.name());
          }
        };
    Pipeline pipeline = Pipelines.parse("fold-constants,simplify-movement");
    PassManager.verifying(progress).run(pipeline, TWO_RELUS, CONTEXT);
    assertThat(told).containsExactly("1/2 fold-constants", "2/2 simplify-movement");
  }

  @Test
  void aMalformedResultIsBlamedOnItsPass() {
    Graph malformed = new Graph("g", List.of(), TWO_RELUS.nodes(), TWO_RELUS.outputs());
    assertThatThrownBy(() -> new VerifyEach().applied(new Restless(), malformed))
        .isInstanceOf(LowpassException.class)
        .hasMessageEndingWith("(after restless)");
  }
}

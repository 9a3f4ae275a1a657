package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/**
 * Two dozen threads open, run and close six models at random, some of which they share and close while others run them.
 * Three seconds of it in every build; as many as the property says otherwise:
 *
 * <pre>
 * mvn -q -pl testsuite -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=CrowdTest -Dlowpass.crowd.seconds=60
 * </pre>
 */
class CrowdTest {
  private static final int THREADS = 24;

  /** Between them all is closed, and memory is looked at. */
  private static final int ROUNDS = 6;

  /** Memory is settled after so many: each thread has had the heaps of its own that C libraries give. */
  private static final int FIRST_ROUNDS = 2;

  /** What the system's own heaps vary by; a model or session a second that is not given back is beyond it. */
  private static final long MOST_GROWTH = 48L << 20;

  private static final String TEXT =
      """
      graph @g(%x: f32[1, 3, SIZE, SIZE]) -> (%y) {
        %w = constant f32[16, 3, 3, 3] random(seed = 1)
        %stem = convolution %x, %w {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
        %active = relu %stem
        %u = constant f32[WIDE, 16] random(seed = 2)
        %wide = pointwise %active, %u BANDS
        %bounded = clip %wide {min = 0.0, max = 6.0}
        %v = constant f32[WIDE, 3, 3] random(seed = 3)
        %deep = depthwise %bounded, %v {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %p = constant f32[16, WIDE] random(seed = 4)
        %narrow = pointwise %deep, %p
        %sum = add %narrow, %active
        %small = resize %sum {size = [5, 5], filter = linear}
        %mean = global_average_pool %small
        %y = softmax %mean {axis = 1}
      }
      """;

  @TempDir private static Path folder = Path.of("");

  private final AtomicReferenceArray<Model> shared = new AtomicReferenceArray<>(6);
  private final AtomicLong inferences = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();

  /** A compiled model, and what it answers on one worker and on two. */
  private record Contestant(Path file, Map<String, Tensor> inputs, List<Map<String, Tensor>> answers) {
    static Contestant of(int number) {
      boolean banded = number % 2 == 1;
      String bands = banded ? "{block = 4x4, order = zigzag, keep = [16*8, 5*8]}" : "";
      String text =
          TEXT.replace("BANDS", bands)
              .replace("WIDE", Integer.toString(32 << number / 2))
              .replace("SIZE", Integer.toString(16 + 8 * number));
      Graph graph = IrText.parse(text, "crowd.ir");
      CompileOptions options =
          CompileOptions.defaults()
              .withPipeline("recognize-activations,wrap-pointwise,cancel-transforms,order-channels,compact-bands")
              .withCheck(false);
      Path file = folder.resolve(number + ".lowpass");
      Compilation compilation = new Compiler().compile(graph, options, Progress.silent());
      compilation.writeTo(file);
      Map<String, Tensor> inputs = SeededInputs.of(graph, number);
      List<Map<String, Tensor>> answers = new ArrayList<>();
      try (Model model = Model.load(file)) {
        for (int workers = 1; workers <= 2; workers++) {
          try (Session session = model.newSession(SessionOptions.threads(workers))) {
            answers.add(CompiledModel.run(session, inputs));
            CompiledModel.assertSame(answers.getLast(), Interpreter.run(compilation.graph(), inputs), 1e-5);
          }
        }
      }
      return new Contestant(file, inputs, answers);
    }
  }

  @Test
  void everyAnswerIsRightAndEverythingIsGivenBack() throws IOException, InterruptedException, ExecutionException {
    long seconds = Long.getLong("lowpass.crowd.seconds", 3);
    List<Contestant> contestants = new ArrayList<>();
    for (int number = 0; number < shared.length(); number++) {
      contestants.add(Contestant.of(number));
    }
    List<Process> after = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      round(contestants, round, seconds * 1_000_000_000 / ROUNDS);
      System.gc();
      after.add(Process.now());
    }
    String what = "%d inferences, %d of models that others had closed; %s".formatted(inferences.get(), refusals.get(), after);
    System.out.println("crowd: " + what);
    Process settled = after.get(FIRST_ROUNDS - 1);
    assertThat(inferences.get()).isPositive();
    assertThat(after.getLast().residentBytes() - settled.residentBytes()).as(what).isLessThan(MOST_GROWTH);
    assertThat(after.getLast().threads()).as(what).isLessThanOrEqualTo(settled.threads() + 2);
  }

  private void round(List<Contestant> contestants, int round, long nanoseconds)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + nanoseconds;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        SplittableRandom random = new SplittableRandom(31L * round + thread);
        all.add(
            threads.submit(
                () -> {
                  do {
                    visit(contestants, random);
                  } while (System.nanoTime() < end);
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    for (int number = 0; number < shared.length(); number++) {
      close(shared.getAndSet(number, null));
    }
  }

  private void visit(List<Contestant> contestants, SplittableRandom random) {
    int number = random.nextInt(contestants.size());
    Contestant contestant = contestants.get(number);
    switch (random.nextInt(4)) {
      case 0 -> {
        Model own = Model.load(contestant.file);
        Session session = own.newSession(SessionOptions.threads(2));
        assertThat(CompiledModel.run(session, contestant.inputs)).isEqualTo(contestant.answers.getLast());
        inferences.incrementAndGet();
        own.close();
        session.close();
      }
      case 1 -> close(shared.getAndSet(number, Model.load(contestant.file)));
      default -> {
        Model model = shared.get(number);
        if (model != null) {
          answer(model, contestant, random);
        }
      }
    }
  }

  /** The right answer, or the word that another thread has closed the model. */
  private void answer(Model model, Contestant contestant, SplittableRandom random) {
    int workers = 1 + random.nextInt(2);
    try (Session session = model.newSession(SessionOptions.threads(workers))) {
      for (int turn = random.nextInt(4); turn >= 0; turn--) {
        assertThat(CompiledModel.run(session, contestant.inputs)).isEqualTo(contestant.answers.get(workers - 1));
        inferences.incrementAndGet();
      }
    } catch (LowpassRuntimeException e) {
      assertThat(e).hasMessageStartingWith("LP5021 ");
      refusals.incrementAndGet();
    }
  }

  private static void close(@Nullable Model model) {
    if (model != null) {
      model.close();
    }
  }
}

package dev.lowpass.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.cuda.RecordingDriver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Programs on a device that does nothing before it is waited for, and counts what is taken and given back. */
class CudaLibraryTest {
  private final RecordingDriver driver = new RecordingDriver();

  /** Tensors of one size, bound. */
  private record Bound(Tensor input, Tensor output, CudaRunner runner) {
    static Bound of(CudaRunners runners, int size) {
      Tensor input = PlusModel.tensor(size);
      Tensor output = PlusModel.tensor(size);
      return new Bound(input, output, runners.bind(size, List.of(input), List.of(output)));
    }

    void fill(float value) {
      float[] values = new float[input.elements()];
      Arrays.fill(values, value);
      input.floatBuffer().put(values);
    }

    void assertOutput(float value) {
      float[] values = new float[output.elements()];
      Arrays.fill(values, value);
      assertThat(output.floats()).containsExactly(values);
    }
  }

  private List<String> since(int calls) {
    List<String> all = driver.last().calls();
    return all.subList(calls, all.size());
  }

  @Test
  void anInferenceIsCopiesAroundOneLaunchAndOneWait() {
    try (CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
        CudaRunners runners = library.runners(1)) {
      for (int size : new int[] {1, 0, 1}) {
        Bound bound = Bound.of(runners, size);
        for (int run = 0; run < 3; run++) {
          int before = driver.last().calls().size();
          bound.fill(run);
          bound.runner().run();
          assertThat(since(before)).containsExactly("upload", "run", "download", "finish");
          bound.assertOutput(run + 21);
        }
      }
    }
    assertThat(driver.outstanding()).isEmpty();
  }

  @Test
  void whatSizesAndSessionsShareIsThereOnce() {
    CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
    assertThat(driver.last().calls()).containsExactly("allocate", "upload", "load", "load", "finish");
    CudaRunners first = library.runners(1);
    CudaRunners second = library.runners(1);
    Bound.of(first, 0);
    Bound.of(first, 1);
    Bound.of(second, 0);
    assertThat(driver.memory().sizes()).containsExactly(128, 256, 256, 64, 64, 256, 256, 64, 64);
    assertThat(driver.last().calls()).filteredOn("load"::equals).hasSize(2);
    assertThat(driver.last().calls()).filteredOn("sequence"::equals).hasSize(3);
    assertThat(driver.last().pinned()).hasSize(6);
    first.close();
    assertThat(driver.memory().sizes()).containsExactly(128, 256, 64, 64);
    assertThat(driver.last().pinned()).hasSize(2);
    second.close();
    library.close();
    assertThat(driver.outstanding()).isEmpty();
  }

  @Test
  void closingOnceMoreAsksTheDeviceForNothing() {
    CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
    CudaRunners runners = library.runners(1);
    Bound bound = Bound.of(runners, 0);
    int before = driver.last().calls().size();
    bound.runner().close();
    assertThat(since(before)).containsExactly("finish", "drop", "free", "unpin", "free", "unpin");
    runners.close();
    library.close();
    assertThat(since(before).subList(6, 11)).containsExactly("free", "unload", "unload", "free", "close");
    int calls = driver.last().calls().size();
    bound.runner().close();
    runners.close();
    library.close();
    assertThat(driver.last().calls()).hasSize(calls);
  }

  /** Each thing that the device is asked for is refused once, in its turn. */
  @Test
  void whateverIsRefusedLeavesNothing() {
    int index = 0;
    for (boolean refused = true; refused; index++) {
      RecordingDriver refusing = new RecordingDriver().refusing(index);
      try {
        useAll(refusing);
      } catch (LowpassRuntimeException e) {
        assertThat(e).hasMessageMatching("LP5022 model: \\w+ is refused");
      }
      refused = refusing.hasRefused();
      assertThat(refusing.outstanding()).as("after refusal %s", index).isEmpty();
    }
    assertThat(index).isGreaterThan(30);
  }

  private static void useAll(RecordingDriver driver) {
    try (CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
        CudaRunners runners = library.runners(1)) {
      for (int size = 0; size < 2; size++) {
        Bound bound = Bound.of(runners, size);
        bound.runner().run();
        bound.runner().profile(1);
        bound.runner().bindOutput(0, 64);
      }
      Bound.of(runners, 0).runner().run();
    }
  }

  /** The tensors are still bound: what could not be done once can be another time. */
  @Test
  void aRunnerOutlivesWhatIsRefused() {
    CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
    CudaRunners runners = library.runners(1);
    Bound bound = Bound.of(runners, 0);
    driver.refusing(driver.last().calls().size() + 2);
    assertThatThrownBy(bound.runner()::run).hasMessage("LP5022 model: run is refused");
    bound.fill(5);
    bound.runner().run();
    bound.assertOutput(26);
    runners.close();
    library.close();
    assertThat(driver.outstanding()).isEmpty();
  }

  @Test
  void sessionsTakeTurns() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver)) {
      List<Future<?>> users = new ArrayList<>();
      for (int user = 0; user < 3; user++) {
        int value = user;
        users.add(threads.submit(() -> useAlone(library, value)));
      }
      for (Future<?> user : users) {
        user.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(driver.outstanding()).isEmpty();
  }

  private static void useAlone(CudaLibrary library, int value) {
    for (int session = 0; session < 20; session++) {
      try (CudaRunners runners = library.runners(1)) {
        Bound bound = Bound.of(runners, session % 2);
        for (int run = 0; run < 20; run++) {
          bound.fill(value + run);
          bound.runner().run();
          bound.assertOutput(value + run + 21);
        }
      }
    }
  }

  @Test
  void modelsHaveQueuesOfTheirOwn() {
    try (CudaLibrary first = CudaLibrary.load(PlusModel.artifact(), driver)) {
      var device = driver.last();
      try (CudaLibrary second = CudaLibrary.load(PlusModel.artifact(), driver)) {
        assertThat(driver.last()).isNotSameAs(device);
        second.runners(1).close();
      }
      first.runners(1).close();
    }
    assertThat(driver.outstanding()).isEmpty();
  }

  @Test
  void aProfileIsOfEachStepByItself() {
    try (CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
        CudaRunners runners = library.runners(1)) {
      Bound bound = Bound.of(runners, 0);
      bound.fill(3);
      int before = driver.last().calls().size();
      Profile profile = bound.runner().profile(2);
      assertThat(profile.steps()).extracting(Profile.Step::name).containsExactly("first", "second");
      assertThat(profile.steps()).allSatisfy(step -> assertThat(step.microseconds()).isPositive());
      assertThat(profile.hasShares()).isFalse();
      List<String> once = List.of("launch", "finish", "launch", "launch", "finish");
      List<String> calls = new ArrayList<>(List.of("upload", "finish"));
      calls.addAll(once);
      calls.addAll(once);
      calls.addAll(List.of("download", "finish"));
      assertThat(since(before)).isEqualTo(calls);
      bound.assertOutput(24);
    }
  }

  @Test
  void dataOnTheDeviceIsNotCopied() {
    try (CudaLibrary library = CudaLibrary.load(PlusModel.artifact(), driver);
        CudaRunners runners = library.runners(1)) {
      Bound bound = Bound.of(runners, 0);
      long x = driver.memory().allocate(64);
      long y = driver.memory().allocate(64);
      for (int i = 0; i < PlusModel.ELEMENTS; i++) {
        driver.memory().at(x).putFloat(4 * i, i);
      }
      bound.runner().bindInput(0, x);
      int before = driver.last().calls().size();
      bound.runner().run();
      assertThat(since(before)).containsExactly("sequence", "run", "download", "finish");
      assertThat(bound.output().floats()).startsWith(21, 22, 23);
      bound.runner().bindOutput(0, y);
      before = driver.last().calls().size();
      bound.runner().run();
      bound.runner().run();
      assertThat(since(before)).containsExactly("sequence", "run", "finish", "run", "finish");
      assertThat(driver.memory().at(y).getFloat(60)).isEqualTo(36);
      for (long wrong : new long[] {0, -64, x + 4}) {
        assertThatThrownBy(() -> bound.runner().bindInput(0, wrong))
            .hasMessage("LP5020 model: input 'x' at address 0x" + Long.toHexString(wrong)
                + " of the device; a multiple of 64");
      }
      driver.memory().free(x);
      driver.memory().free(y);
    }
    assertThat(driver.outstanding()).isEmpty();
  }

  @Test
  void tensorsOfNothingAreNeitherPinnedNorCopied() {
    Manifest.Size size =
        new Manifest.Size(
            List.of(new TensorSpec("x", ElementType.F32, List.of(0L))),
            List.of(new TensorSpec("y", ElementType.F32, List.of((long) PlusModel.ELEMENTS))),
            new Manifest.Memory(128, 64, 0),
            List.of("only"),
            List.of(PlusModel.launch(0, "plus", 1, "params", "params+64", "out0")),
            Map.of());
    Manifest manifest = PlusModel.manifest("cuda:sm_80", List.of(size));
    try (CudaLibrary library = CudaLibrary.load(PlusModel.artifact(manifest), driver);
        CudaRunners runners = library.runners(1)) {
      Tensor output = PlusModel.tensor(0);
      runners.bind(0, List.of(Tensor.allocate(ElementType.F32, 0)), List.of(output)).run();
      assertThat(output.floats()).containsOnly(11);
      assertThat(driver.last().pinned()).hasSize(1);
    }
    assertThat(driver.outstanding()).isEmpty();
  }
}

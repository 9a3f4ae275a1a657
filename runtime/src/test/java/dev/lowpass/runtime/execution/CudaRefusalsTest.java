package dev.lowpass.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaProperties;
import dev.lowpass.runtime.cuda.RecordingDevice;
import dev.lowpass.runtime.cuda.RecordingDriver;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Artifacts that a machine, or nobody, can run on a CUDA device. */
class CudaRefusalsTest {
  private static void assertRefused(Artifact artifact, RecordingDriver driver, String message) {
    assertThatThrownBy(() -> CudaLibrary.load(artifact, driver)).hasMessage(message);
    assertThat(driver.outstanding()).isEmpty();
  }

  private static Artifact of(KernelLaunch... launches) {
    return PlusModel.artifact(PlusModel.manifest("cuda:sm_80", List.of(PlusModel.size(1, List.of(launches)))));
  }

  @Test
  void whatLacksIsSaid() {
    RecordingDriver driver = new RecordingDriver().lacking("there is no driver; install one");
    assertRefused(
        PlusModel.artifact(),
        driver,
        "LP5023 model: compiled for cuda:sm_80, but there is no driver; install one");
    assertRefused(PlusModel.artifact(), new RecordingDriver().refusing(0), "LP5022 model: open is refused");
  }

  @Test
  void devicesRunWhatIsForThemAndForEarlierOnes() {
    CudaDriver hopper = new RecordingDriver(new CudaProperties("H200", 90, 1L << 40, "12.2"));
    CudaLibrary.load(PlusModel.artifact(PlusModel.manifest("cuda:sm_80")), hopper).close();
    CudaLibrary.load(PlusModel.artifact(PlusModel.manifest("cuda:sm_90")), hopper).close();
    CudaLibrary.load(PlusModel.artifact(PlusModel.manifest("something else")), hopper).close();
    assertRefused(
        PlusModel.artifact(PlusModel.manifest("cuda:sm_100")),
        new RecordingDriver(new CudaProperties("H200", 90, 1L << 40, "12.2")),
        "LP5023 model: compiled for cuda:sm_100, but H200 is sm_90; compile it for cuda:sm_90");
  }

  @Test
  void codeMustBeLaunched() {
    Artifact none = of();
    assertRefused(
        none,
        new RecordingDriver(),
        "LP5002 model: is damaged: for a CUDA device, but lists no launches of its kernels; compile it again");
    Manifest.Size second = PlusModel.size(4, List.of());
    Manifest half = PlusModel.manifest("cuda:sm_80", List.of(PlusModel.manifest("cuda:sm_80").first(), second));
    assertThatThrownBy(() -> CudaLibrary.load(PlusModel.artifact(half), new RecordingDriver()))
        .hasMessageStartingWith("LP5002 ");
  }

  @Test
  void codeThatDoesNotCompileIsOneLine() {
    Artifact good = PlusModel.artifact();
    List<byte[]> code = List.of(good.code().get(0), RecordingDevice.WRONG.getBytes());
    Artifact wrong = new Artifact("model", good.manifest(), code, good.parameters(), Optional.empty());
    assertRefused(wrong, new RecordingDriver(), "LP5022 model: its PTX is wrong");
  }

  @Test
  void launchesOfWhatIsNotThereAreRefusedWhenTensorsAreBound() {
    assertUnbound(PlusModel.launch(0, "minus", 1, "in0", "params", "out0"), "no kernel minus of 3");
    assertUnbound(PlusModel.launch(0, "plus", 1, "in0", "out0"), "no kernel plus of 2");
    assertUnbound(PlusModel.launch(0, "plus\nLP0000", 1, "out0"), "no kernel plus\\u000aLP0000 of 1");
  }

  private static void assertUnbound(KernelLaunch launch, String message) {
    RecordingDriver driver = new RecordingDriver();
    List<Tensor> tensors = List.of(PlusModel.tensor(0));
    try (CudaLibrary library = CudaLibrary.load(of(launch), driver);
        CudaRunners runners = library.runners(1)) {
      assertThatThrownBy(() -> runners.bind(0, tensors, tensors)).hasMessage("LP5022 model: " + message);
    }
    assertThat(driver.outstanding()).isEmpty();
  }
}

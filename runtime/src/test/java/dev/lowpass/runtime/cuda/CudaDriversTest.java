package dev.lowpass.runtime.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CudaDriversTest {
  private static final int JAVA = Runtime.version().feature();

  @Test
  void olderJavasSayWhichIsNeeded() {
    Assumptions.assumeTrue(JAVA < 22, "this Java can call the driver");
    CudaDriver driver = CudaDrivers.find();
    assertThat(driver.lack().orElseThrow())
        .isEqualTo("NVIDIA's driver is called from Java 22 on, and this is Java " + JAVA + "; run it on a newer one");
    assertThatThrownBy(driver::open).isInstanceOf(CudaException.class).hasMessage(driver.lack().get());
  }

  @Test
  void newerJavasChooseOneWhoseDeviceIsHere() {
    Assumptions.assumeTrue(JAVA >= 22, "the driver is called from Java 22 on");
    assertThat(CudaDrivers.find().lack()).isEmpty();
  }

  /** With a driver or without, with a device or without: it says so, in a line with a remedy, and that again. */
  @Test
  void nvidiasIsAmongThem() {
    Assumptions.assumeTrue(JAVA >= 22, "the driver is called from Java 22 on");
    CudaDriver nvidias =
        ServiceLoader.load(CudaDriver.class).stream()
            .filter(provider -> provider.type().getPackageName().equals("dev.lowpass.runtime.cuda.driver"))
            .map(ServiceLoader.Provider::get)
            .findFirst()
            .orElseThrow();
    nvidias.lack().ifPresent(lack -> {
      assertThat(lack).matches("[^\n;]+; [^\n]+");
      assertThat(nvidias.lack()).hasValue(lack);
      assertThatThrownBy(nvidias::open).isInstanceOf(CudaException.class).hasMessage(lack);
    });
  }
}

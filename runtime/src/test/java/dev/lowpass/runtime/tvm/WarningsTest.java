package dev.lowpass.runtime.tvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process says that asks for OpenCL devices: nothing but the answer. */
class WarningsTest {
  @TempDir
  Path folder;

  /** The process that asks. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      System.out.println(Device.OPENCL.exists());
      if (arguments.length > 0) {
        System.out.println(Tvm.call("runtime.GetDeviceAttr", Device.OPENCL.kind(), 0, 0));
      }
    }
  }

  @Test
  void thatThereIsNoDriverIsNoWarning() throws Exception {
    assertThat(ask(Files.createDirectory(folder.resolve("drivers")))).isEqualTo("false\n");
    assertThat(errors()).isEmpty();
  }

  @Test
  void aDriverThatDoesNotLoadIsNoWarning() throws Exception {
    Path drivers = Files.createDirectory(folder.resolve("drivers"));
    Files.writeString(drivers.resolve("gone.icd"), "libof-a-driver-that-was-removed.so.1\n");
    assertThat(ask(drivers)).isEqualTo("false\n");
    assertThat(errors()).isEmpty();
  }

  /** TVM warns of devices that are processors, such as PoCL's. */
  @Test
  void theDriversOfThisMachineAreNoWarning() throws Exception {
    assertThat(ask(Path.of("/etc/OpenCL/vendors"))).isIn("true\n", "false\n");
    assertThat(errors()).isEmpty();
  }

  /** Also shows that there is something to drop: TVM looks again, and warns again, where it has found nothing. */
  @Test
  void whatComesAfterwardsIsSeen() throws Exception {
    assertThat(ask(Files.createDirectory(folder.resolve("drivers")), "again")).isEqualTo("false\n0\n");
    assertThat(errors()).hasLineCount(1).contains("No OpenCL platform");
  }

  private String ask(Path drivers, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Asking.class.getName());
    child.command().addAll(List.of(arguments));
    child.environment().put("OCL_ICD_VENDORS", drivers.toString());
    Path out = folder.resolve("out");
    int code = child.redirectOutput(out.toFile()).redirectError(folder.resolve("err").toFile()).start().waitFor();
    assertThat(code).as("%s", errors()).isZero();
    return Files.readString(out);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}

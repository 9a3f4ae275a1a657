package dev.lowpass.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.ChildJvm;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.RectifyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledNativesTest {
  @TempDir
  Path folder;

  @BeforeAll
  static void assumeProcessor() {
    RectifyModel.load().close();
  }

  private Path installed() {
    Path place = folder.resolve("natives");
    assertThat(InstalledNatives.install(place)).contains("libtvm_runtime.so");
    return place;
  }

  private String run(Path natives) throws Exception {
    Map<String, String> environment = Map.of("LOWPASS_NATIVES", natives.toString(), "LOWPASS_CACHE", cache().toString());
    ChildJvm.End end = ChildJvm.in(folder).with(environment).run(RunOnce.class);
    assertThat(end.out().lines()).as(end.err()).hasSize(1);
    return end.out().strip();
  }

  private Path cache() throws IOException {
    return Files.createDirectories(folder.resolve("cache"));
  }

  @Test
  void programsRunOnThem() throws Exception {
    Path place = installed();
    assertThat(run(place)).isEqualTo(place.toString());
    assertThat(cache().resolve("natives")).isEmptyDirectory();
    ChildJvm child = ChildJvm.in(folder).with("-Dlowpass.natives=" + place);
    assertThat(child.run(RunOnce.class).out().strip()).isEqualTo(place.toString());
  }

  @Test
  void theyCanBeInstalledAgainAndCheckedByOthers() throws Exception {
    Path place = installed();
    installed();
    Process check = new ProcessBuilder("sha256sum", "--check", "--quiet", "SHA256SUMS").directory(place.toFile()).start();
    assertThat(check.waitFor()).isZero();
  }

  @Test
  void whatWasAlteredIsNotLoaded() throws Exception {
    Path library = installed().resolve("libtvm_runtime.so");
    Files.write(library, new byte[] {0}, StandardOpenOption.APPEND);
    assertThat(run(library.getParent()))
        .isEqualTo("LP5010 " + library + ": was altered: it does not match its hash; install them again with 'lowpass natives"
            + " --to'");
    Files.delete(library);
    assertThat(run(library.getParent())).startsWith("LP5010 " + library.getParent() + ": cannot be read: ");
  }

  @Test
  void anotherVersionIsNotLoaded() throws Exception {
    Path place = installed();
    Path sums = place.resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums).replace('0', '1'));
    assertThat(run(place)).startsWith("LP5010 " + place + ": holds natives of another version of Lowpass; ");
    assertThat(run(cache())).startsWith("LP5010 " + cache() + ": holds no natives; ");
    assertThat(run(folder.resolve("absent"))).contains("holds no natives; ");
  }

  @Test
  void whereNothingCanBeWritten() {
    assertThatThrownBy(() -> InstalledNatives.install(Path.of("/dev/null/natives")))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5010 /dev/null/natives: natives cannot be written there: ");
  }
}

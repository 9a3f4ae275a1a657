package dev.lowpass.codegen.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  /** A number that no process has: Linux counts up to 2^22. */
  private static final String DEAD = "99999999";

  @TempDir Path root = Path.of("");

  private Instant tomorrow = Instant.now();

  @BeforeEach
  void itIsTomorrow() {
    tomorrow = Instant.now().plus(Duration.ofHours(25));
  }

  private void sweep(Instant now) throws IOException {
    new StaleFolders(root, Files.getOwner(root), now).sweep();
  }

  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    Files.writeString(Files.createDirectory(folder.resolve("inner")).resolve("kernel.o"), "code");
    return folder;
  }

  @Test
  void closingDeletesAllThatIsInside() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create("check")) {
      path = folder.path();
      Files.writeString(Files.createDirectory(path.resolve("inner")).resolve("file"), "text");
      assertThat(path.getFileName().toString())
          .matches("lowpass-check-" + ProcessHandle.current().pid() + "-[0-9]+");
      assertThat(Files.getPosixFilePermissions(path)).hasSize(3);
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void anInterruptedProcessLeavesNothingAndSaysNothing() throws IOException, InterruptedException {
    Process process = BusyProcess.start(root);
    BufferedReader said = process.inputReader();
    Path folder = Path.of(said.readLine());
    assertThat(folder).exists();
    process.toHandle().destroy();
    assertThat(process.waitFor()).isEqualTo(128 + 15);
    assertThat(said.readAllAsString()).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftIsSweptADayLater() throws IOException, InterruptedException {
    Process process = BusyProcess.start(root);
    Path folder = Path.of(process.inputReader().readLine());
    sweep(tomorrow);
    assertThat(folder).as("of a process that runs").exists();
    process.destroyForcibly().waitFor();
    sweep(Instant.now());
    assertThat(folder).as("less than a day old").exists();
    sweep(tomorrow);
    assertThat(folder).doesNotExist();
  }

  @Test
  void aNewProcessSweepsAtItsStart() throws IOException, InterruptedException {
    Path stale = folder("lowpass-tune-" + DEAD + "-12");
    Files.setLastModifiedTime(stale, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Process process = BusyProcess.start(root);
    // The line comes after the sweep.
    process.inputReader().readLine();
    process.destroyForcibly().waitFor();
    assertThat(stale).doesNotExist();
  }

  @Test
  void onlyFoldersThatWeMadeAreSwept() throws IOException {
    Path ours = folder("lowpass-build-" + DEAD + "-34");
    Path unnamed = folder("lowpass-build-" + DEAD);
    Path other = folder("lowpass-build-" + DEAD + "-34-notes");
    Path file = Files.writeString(root.resolve("lowpass-check-" + DEAD + "-34"), "a file");
    Path notes = folder("notes");
    Path link = Files.createSymbolicLink(root.resolve("lowpass-case-" + DEAD + "-56"), notes);
    sweep(tomorrow);
    assertThat(ours).doesNotExist();
    assertThat(unnamed).exists();
    assertThat(other).exists();
    assertThat(file).exists();
    assertThat(link).exists();
    assertThat(notes.resolve("inner/kernel.o")).exists();
  }

  @Test
  void linksInsideAreDeletedAndNotFollowed() throws IOException {
    Path kept = folder("kept");
    Path ours = folder("lowpass-build-" + DEAD + "-78");
    Files.createSymbolicLink(ours.resolve("link"), kept);
    sweep(tomorrow);
    assertThat(ours).doesNotExist();
    assertThat(kept.resolve("inner/kernel.o")).exists();
  }

  @Test
  void foldersOfOthersStay() throws IOException {
    Path ours = folder("lowpass-build-" + DEAD + "-90");
    new StaleFolders(root, () -> "somebody else", tomorrow).sweep();
    assertThat(ours).exists();
  }
}

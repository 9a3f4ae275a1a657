package dev.lowpass.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lowpass.runtime.ChildJvm;
import dev.lowpass.runtime.RectifyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes for which the usual places for natives are no good. Folders below a file, or in {@code /proc}, refuse root
 * too; what has to be mounted is, where this machine lets a process have mounts of its own.
 */
class PlacesTest {
  private static final String NOWHERE = "/dev/null/none";

  @TempDir
  Path folder;

  @BeforeAll
  static void assumeProcessor() {
    RectifyModel.load().close();
  }

  private Path made(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static Map<String, String> caches(String own, String shared) {
    Map<String, String> environment = new LinkedHashMap<>(Map.of("LOWPASS_CACHE", own, "XDG_CACHE_HOME", shared));
    environment.put("LOWPASS_NATIVES", "");
    return environment;
  }

  private static void assertRanIn(ChildJvm.End end, Path place) {
    assertThat(end.err()).doesNotContain("Exception");
    assertThat(end.out()).startsWith(place.toString());
    assertThat(end.code()).isZero();
  }

  @Test
  void theCacheThatWasAskedFor() throws Exception {
    ChildJvm child = ChildJvm.in(folder).with(caches(made("own").toString(), made("shared").toString()));
    assertRanIn(child.run(RunOnce.class), folder.resolve("own/natives"));
    assertThat(folder.resolve("shared")).isEmptyDirectory();
    assertThat(child.temporary().toFile().list((in, name) -> name.startsWith("lowpass"))).isEmpty();
  }

  @Test
  void theNextPlaceWhereOneCannotBeWritten() throws Exception {
    ChildJvm child = ChildJvm.in(folder).with(caches(NOWHERE, made("shared").toString()));
    assertRanIn(child.run(RunOnce.class), folder.resolve("shared/lowpass/natives"));
  }

  @Test
  void temporaryFilesWhereThereIsNoCache() throws Exception {
    ChildJvm child = ChildJvm.in(folder).with(caches("/proc/self", NOWHERE)).with("-Duser.home=" + NOWHERE);
    assertRanIn(child.run(RunOnce.class), child.temporary().resolve("lowpass-cache-"));
    try (Stream<Path> made = Files.list(child.temporary())) {
      assertThat(made.filter(path -> path.getFileName().toString().startsWith("lowpass"))).hasSize(1);
    }
  }

  /** With mounts of its own, which are gone with it; 99 where it may not have them. */
  private ChildJvm.End mounted(String mounts, String... options) throws Exception {
    ChildJvm child = ChildJvm.in(folder).with(caches(folder.resolve("mount").toString(), "")).with(options);
    made("mount");
    ChildJvm.End end =
        child
            .within("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounts + " || exit 99; exec \"$@\"", "sh")
            .run(RunOnce.class);
    assumeThat(end.code()).as("this machine lets processes mount: " + end.err()).isNotIn(1, 99);
    return end;
  }

  private String mount(String options, Path place) {
    return "mount -t tmpfs -o " + options + " tmpfs " + place;
  }

  @Test
  void memoryWhereThereAreNoTemporaryFiles() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeThat(Files.isDirectory(memory)).as("this machine has " + memory).isTrue();
    String mounts = mount("noexec,size=64m", made("mount")) + " && " + mount("size=64m", memory);
    assertRanIn(mounted(mounts, "-Duser.home=?", "-Djava.io.tmpdir=" + NOWHERE), memory.resolve("lowpass-cache-"));
  }

  @Test
  void whereNoCodeMayBeRun() throws Exception {
    ChildJvm.End end = mounted(mount("noexec,size=64m", made("mount")), "-Duser.home=?");
    assertRanIn(end, ChildJvm.in(folder).temporary());
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    ChildJvm.End end = mounted(mount("size=1m", made("mount")), "-Duser.home=?");
    assertRanIn(end, ChildJvm.in(folder).temporary());
  }

  @Test
  void aDiskThatIsReadOnly() throws Exception {
    ChildJvm.End end = mounted(mount("ro,size=64m", made("mount")), "-Duser.home=?");
    assertRanIn(end, ChildJvm.in(folder).temporary());
  }

  @Test
  void oneLineWhereThereIsNoPlaceAtAll() throws Exception {
    String mounts =
        mount("noexec,size=64m", made("mount")) + " && " + mount("ro,size=64m", made("ro")) + " && "
            + mount("size=1m", Path.of("/dev/shm"));
    ChildJvm.End end = mounted(mounts, "-Duser.home=?", "-Djava.io.tmpdir=" + folder.resolve("ro"));
    assertThat(end.out().lines()).hasSize(1);
    assertThat(end.out())
        .startsWith("LP5010 natives: no place for them: " + folder.resolve("mount") + ": code may not be run from there")
        .contains("Read-only file system", "No space left on device")
        .endsWith("; set LOWPASS_CACHE to a folder that can be written, and from which code may be run\n");
  }
}

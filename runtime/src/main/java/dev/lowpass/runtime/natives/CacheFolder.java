package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where Lowpass keeps what it can make again. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code $LOWPASS_CACHE}; else {@code $XDG_CACHE_HOME/lowpass}; else {@code ~/.cache/lowpass}; for a user without a
   * home, as containers have them, a folder among the temporary files that nobody else may write to, since code is
   * loaded from there.
   *
   * @throws UncheckedIOException where somebody else has that folder
   */
  public static Path ofUser() {
    List<Path> own = candidates();
    return own.isEmpty() ? ofNobody() : own.get(0);
  }

  /** The user's own, the one to be preferred first; none for a user without a home. Whether they can be used is open. */
  static List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    String own = System.getenv("LOWPASS_CACHE");
    if (own != null && !own.isEmpty()) {
      candidates.add(Path.of(own).toAbsolutePath());
    }
    // The specification has relative paths ignored.
    String shared = System.getenv("XDG_CACHE_HOME");
    if (shared != null && shared.startsWith("/")) {
      candidates.add(Path.of(shared, "lowpass"));
    }
    Path home = Path.of(System.getProperty("user.home"));
    Path usual = home.resolve(".cache").resolve("lowpass");
    if (home.isAbsolute() && (Files.exists(usual) || Files.isWritable(home))) {
      candidates.add(usual);
    }
    return candidates;
  }

  private static Path ofNobody() {
    try {
      return privateFolder(Path.of(System.getProperty("java.io.tmpdir")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder below {@code root} that is this user's alone, made now if it is not there. */
  static Path privateFolder(Path root) throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path folder = root.resolve("lowpass-cache-" + user).toAbsolutePath();
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(owner));
    } catch (FileAlreadyExistsException e) {
      boolean ours =
          Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
              && user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))
              && owner.containsAll(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
      if (!ours) {
        throw new FileSystemException(folder.toString(), null, "is there, and others may write to it");
      }
    }
    return folder;
  }
}

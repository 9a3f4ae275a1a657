package dev.lowpass.codegen.temporary;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary folders of processes that were killed. A folder is deleted if it has the name of one of ours, belongs to
 * {@code owner}, is no link, has not changed for a day, and its process does not run any more.
 *
 * @param root where temporary folders are
 * @param now the time by which they are a day old
 */
record StaleFolders(Path root, UserPrincipal owner, Instant now) {
  private static final Duration AGE = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile(TemporaryFolder.PREFIX + "[a-z]+-([0-9]{1,18})-[0-9]+");

  /** Sweeps the place of {@code folder}, which is one of this process. Whoever made that does not depend on it. */
  static void sweepBeside(Path folder) {
    try {
      UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
      new StaleFolders(folder.toAbsolutePath().getParent(), owner, Instant.now()).sweep();
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed stays for the next time.
    }
  }

  /** Deletes what can be deleted; the rest stays for the next time. */
  void sweep() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, TemporaryFolder.PREFIX + "*")) {
      for (Path entry : entries) {
        sweep(entry);
      }
    }
  }

  private void sweep(Path entry) {
    try {
      if (isStale(entry)) {
        TemporaryFolder.deleteTree(entry);
      }
    } catch (IOException e) {
      // Another process was faster, or something in it is not ours.
    }
  }

  private boolean isStale(Path entry) throws IOException {
    Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
    if (!name.matches()) {
      return false;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isDirectory()
        && attributes.owner().equals(owner)
        && attributes.lastModifiedTime().toInstant().isBefore(now.minus(AGE))
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }
}

package dev.lowpass.ir.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Files that are being written. A process that is interrupted meanwhile deletes them on its way out. */
final class Drafts {
  private static final int ATTEMPTS = 100;

  private final Set<Path> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final SecureRandom random = new SecureRandom();

  /** A new, empty file in the folder of {@code target}, with the permissions that the process gives its files. */
  Path beside(Path target) throws IOException {
    if (watching.compareAndSet(false, true)) {
      watch();
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path draft = target.resolveSibling(".lowpass-" + Long.toHexString(random.nextLong()) + ".part");
      try {
        open.add(draft);
        return Files.createFile(draft);
      } catch (FileAlreadyExistsException e) {
        // Somebody else's; the next name is another one.
        open.remove(draft);
      } catch (FileSystemException e) {
        open.remove(draft);
        String reason = e.getReason() == null ? "its folder admits no new files" : e.getReason();
        throw new FileSystemException(target.toString(), null, reason);
      }
    }
    throw new FileSystemException(target.toString(), null, "there is no name left for a draft beside it");
  }

  /** Deletes a draft that has not taken its place. */
  void delete(Path draft) throws IOException {
    Files.deleteIfExists(draft);
    open.remove(draft);
  }

  private void watch() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "lowpass-drafts"));
    } catch (IllegalStateException e) {
      // The process is ending already, and whoever writes now finishes or fails.
    }
  }

  private void end() {
    for (Path draft : open) {
      try {
        Files.deleteIfExists(draft);
      } catch (IOException e) {
        // It stays.
      }
    }
  }
}

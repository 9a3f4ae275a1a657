package dev.lowpass.codegen.temporary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The folders of a process, which deletes them when it is interrupted. */
final class OpenFolders {
  /** Other threads may hold files open for a moment: a folder that cannot be deleted yet is tried again. */
  private static final int ATTEMPTS = 100;

  private static final long PAUSE_MILLIS = 20;

  private final Set<Path> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean ending;

  /** Takes care of {@code folder}. The first time, also of those that killed processes left beside it. */
  void add(Path folder) {
    open.add(folder);
    if (watching.compareAndSet(false, true)) {
      watch();
      StaleFolders.sweepBeside(folder);
    }
  }

  private void watch() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "lowpass-temporary-folders"));
    } catch (IllegalStateException e) {
      // The process is ending already.
      end();
    }
  }

  void delete(Path folder) throws IOException {
    if (ending) {
      // Whoever gets here has probably found its files gone and is about to report that as an error, which it is not:
      // the process ends in a moment, and better it ends without a word.
      pause(ATTEMPTS * PAUSE_MILLIS);
    } else {
      TemporaryFolder.deleteTree(folder);
      open.remove(folder);
    }
  }

  /** Waits, if not for long, until no folder is left: for whoever ends the process while it is interrupted. */
  void await() {
    for (int attempt = 0; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
      pause(PAUSE_MILLIS);
    }
  }

  private void end() {
    ending = true;
    open.stream().toList().forEach(this::moveAside);
    open.removeIf(OpenFolders::isDeleted);
    for (int attempt = 1; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
      pause(PAUSE_MILLIS);
      open.removeIf(OpenFolders::isDeleted);
    }
  }

  /**
   * Gives {@code folder} another name of the same form. Threads that write into it find it gone from then on, where
   * they could go on filling a folder that is being emptied for as long as the processor is theirs.
   */
  private void moveAside(Path folder) {
    Path aside = folder.resolveSibling(folder.getFileName() + "0");
    try {
      Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
      open.add(aside);
      open.remove(folder);
    } catch (IOException e) {
      // It is deleted under its own name, or is gone.
    }
  }

  private static boolean isDeleted(Path folder) {
    try {
      TemporaryFolder.deleteTree(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

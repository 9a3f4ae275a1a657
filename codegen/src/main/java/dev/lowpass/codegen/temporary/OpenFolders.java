package dev.lowpass.codegen.temporary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The folders of a process, which deletes them when it is interrupted. */
final class OpenFolders {
  /** Other threads may go on writing for a moment: a folder that is not empty yet is tried again. */
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

  private void end() {
    ending = true;
    open.removeIf(OpenFolders::isDeleted);
    for (int attempt = 1; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
      pause(PAUSE_MILLIS);
      open.removeIf(OpenFolders::isDeleted);
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

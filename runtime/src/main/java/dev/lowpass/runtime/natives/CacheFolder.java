package dev.lowpass.runtime.natives;

import java.nio.file.Path;

/** Where Lowpass keeps what it can make again. */
public final class CacheFolder {
  private CacheFolder() {}

  /** {@code $LOWPASS_CACHE}; else {@code $XDG_CACHE_HOME/lowpass}; else {@code ~/.cache/lowpass}. */
  public static Path ofUser() {
    String own = System.getenv("LOWPASS_CACHE");
    String shared = System.getenv("XDG_CACHE_HOME");
    Path folder;
    if (own != null && !own.isEmpty()) {
      folder = Path.of(own);
    } else if (shared != null && shared.startsWith("/")) {
      // The specification has relative paths ignored.
      folder = Path.of(shared, "lowpass");
    } else {
      folder = Path.of(System.getProperty("user.home"), ".cache", "lowpass");
    }
    return folder.toAbsolutePath();
  }
}

package dev.lowpass.cli.conformance;

import dev.lowpass.ir.LowpassException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Test cases packed as {@code .tar.gz}. What an archive says of itself is not trusted. */
final class CaseArchive {
  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_ENTRIES = 100_000;

  private CaseArchive() {}

  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".tar.gz") || name.endsWith(".tgz");
  }

  /**
   * Unpacks files and folders into {@code target}.
   *
   * @throws LowpassException LP7032 for an entry that leads elsewhere, for links and devices, and for too much
   */
  static void unpack(Path archive, Path target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file, true))) {
      long bytes = 0;
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path place = target.resolve(entry.getName()).normalize();
        if (!place.startsWith(target) || !entry.isFile() && !entry.isDirectory()) {
          throw refused(archive, "its entry '" + entry.getName() + "' is no file or folder inside it");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(place);
          continue;
        }
        Files.createDirectories(place.getParent());
        try (OutputStream out = Files.newOutputStream(place)) {
          bytes += tar.transferTo(out);
        }
        if (bytes > MOST_BYTES || ++entries > MOST_ENTRIES) {
          throw refused(archive, "unpacks to more than %d bytes or %d files".formatted(MOST_BYTES, MOST_ENTRIES));
        }
      }
    }
  }

  private static LowpassException refused(Path archive, String why) {
    return new LowpassException("LP7032", archive.toString(), why);
  }
}

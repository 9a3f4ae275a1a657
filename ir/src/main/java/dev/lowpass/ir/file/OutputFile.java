package dev.lowpass.ir.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Files that a user names for writing. They appear complete or not at all: written into a draft beside their place, which
 * then takes it. What is there is replaced if it is a regular file that may be written, and its permissions stay; a new
 * file has those that the process gives its files (its umask). A link is followed, and the file behind it replaced.
 * Folders, pipes and devices are refused: replacing {@code /dev/full} would be worse than failing.
 */
public final class OutputFile {
  private static final Set<PosixFilePermission> WRITERS =
      Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** A process ends once, and so this is the one thing that its threads share. */
  private static final Drafts DRAFTS = new Drafts();

  /** Writes into an empty file. */
  public interface Content {
    void writeTo(FileChannel file) throws IOException;
  }

  private OutputFile() {}

  /** Writes {@code bytes}. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, ByteBuffer.wrap(bytes));
  }

  /** Writes {@code bytes} from their position to their limit, both of which move. */
  public static void write(Path file, ByteBuffer bytes) throws IOException {
    write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Writes {@code text} in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes {@code content}.
   *
   * @throws IOException as {@link #check}, or where writing fails; nothing has changed then
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = check(file);
    Path draft = DRAFTS.beside(target);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
      }
      if (Files.exists(target)) {
        Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(target));
      }
      move(draft, target);
    } finally {
      DRAFTS.delete(draft);
    }
  }

  /**
   * Makes sure that {@code file} may be written, as far as that can be seen before it is.
   *
   * @return the file's own place, behind all links
   * @throws FileSystemException with a reason if there is no folder for it, or what is there is no file, or read-only, or
   *     a link to nothing
   */
  public static Path check(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw refused(file, "is a folder; give the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw refused(file, "there is no folder " + folder);
    }
    if (!Files.exists(absolute)) {
      if (InputFile.isTaken(absolute)) {
        throw refused(file, "is a link to nothing");
      }
      return absolute;
    }
    PosixFileAttributes found = Files.readAttributes(absolute, PosixFileAttributes.class);
    if (!found.isRegularFile()) {
      throw refused(file, InputFile.kind(found) + "; only files are written over");
    }
    // The superuser may write anything, and means it as little as others where nobody may.
    boolean writable = found.permissions().stream().anyMatch(WRITERS::contains);
    if (!writable || !Files.isWritable(absolute)) {
      throw refused(file, "is there and read-only");
    }
    return absolute.toRealPath();
  }

  private static FileSystemException refused(Path file, String why) {
    return new FileSystemException(file.toString(), null, why);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

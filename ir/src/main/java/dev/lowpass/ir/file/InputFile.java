package dev.lowpass.ir.file;

import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files that a user names for reading: regular ones, through links if there are any. Pipes and devices are refused, for
 * reading from one waits for whoever writes there, and some never end.
 */
public final class InputFile {
  private InputFile() {}

  /**
   * Makes sure that {@code file} is one that can be read.
   *
   * @throws NoSuchFileException if there is none
   * @throws FileSystemException with a reason if it is a folder, a pipe or a device
   */
  public static void require(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, kind(found) + ", not a file");
    }
  }

  /**
   * All bytes of {@code file}.
   *
   * @param limit of how many there are
   * @throws IOException as {@link #require}, or if it cannot be read
   * @throws dev.lowpass.ir.LowpassException LP1012 if there are more
   */
  public static byte[] bytes(Path file, Limit limit, Limits limits) throws IOException {
    require(file);
    limits.check(limit, file.toString(), "the file", Files.size(file));
    return Files.readAllBytes(file);
  }

  /**
   * All bytes of {@code file}, of which there may be as many as usual: files that no option of any command is for.
   *
   * @throws IOException as {@link #require}, or if it cannot be read
   * @throws dev.lowpass.ir.LowpassException LP1012 if there are more
   */
  public static byte[] bytes(Path file, Limit limit) throws IOException {
    require(file);
    Limits.checkFixed(limit, file.toString(), "the file", Files.size(file));
    return Files.readAllBytes(file);
  }

  /**
   * The text in {@code file}, which is UTF-8.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not
   * @throws IOException as {@link #bytes}
   * @throws dev.lowpass.ir.LowpassException LP1012 if it is longer than texts usually are
   */
  public static String text(Path file) throws IOException {
    require(file);
    Limits.checkFixed(Limit.TEXT, file.toString(), "the file", Files.size(file));
    return Files.readString(file);
  }

  /**
   * The bytes of {@code file}, one after the other.
   *
   * @throws IOException as {@link #require}, or if it cannot be opened
   */
  public static InputStream stream(Path file) throws IOException {
    require(file);
    return new BufferedInputStream(Files.newInputStream(file));
  }

  /** What is no regular file, for a message. */
  static String kind(BasicFileAttributes attributes) {
    return attributes.isDirectory() ? "is a folder" : "is a pipe or a device";
  }

  /** Whether there is something at {@code place}, be it a link to nothing. */
  static boolean isTaken(Path place) {
    return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }
}

package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Keeps native libraries as files, since the system's loader takes nothing else. One folder a set, named after its
 * content, so that versions live side by side and nothing is ever overwritten. A folder appears complete, by a rename,
 * or not at all: several processes may extract the same set at once.
 */
final class NativeCache {
  /** Written last; a line a file: its size and name. */
  private static final String LISTING = "listing";

  /** Of a file that everybody may run and only its owner change. */
  static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path root;

  NativeCache(Path root) {
    this.root = root;
  }

  /** The folder that holds exactly these files, extracted now if it is not there yet. */
  Path folder(List<NativeLibrary> libraries) throws IOException {
    StringBuilder listing = new StringBuilder();
    MessageDigest digest = sha256();
    for (NativeLibrary library : libraries) {
      Fingerprint fingerprint = Fingerprint.of(library);
      digest.update((library.fileName() + " " + fingerprint + "\n").getBytes(StandardCharsets.UTF_8));
      listing.append(fingerprint.size()).append(' ').append(library.fileName()).append('\n');
    }
    Path folder = root.resolve(HexFormat.of().formatHex(digest.digest(), 0, 12));
    if (!isComplete(folder, listing.toString())) {
      extract(libraries, listing.toString(), folder);
    }
    return folder;
  }

  private static boolean isComplete(Path folder, String listing) {
    try {
      if (!Files.readString(folder.resolve(LISTING)).equals(listing)) {
        return false;
      }
      for (String line : listing.lines().toList()) {
        String[] sizeAndName = line.split(" ", 2);
        if (Files.size(folder.resolve(sizeAndName[1])) != Long.parseLong(sizeAndName[0])) {
          return false;
        }
      }
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  private void extract(List<NativeLibrary> libraries, String listing, Path folder) throws IOException {
    Files.createDirectories(root);
    Path fresh = Files.createTempDirectory(root, "new-");
    Path damaged = fresh.resolveSibling(fresh.getFileName() + "-damaged");
    try {
      for (NativeLibrary library : libraries) {
        Path file = fresh.resolve(library.fileName());
        try (InputStream content = library.open()) {
          Files.copy(content, file);
        }
        Files.setPosixFilePermissions(file, READABLE);
      }
      Files.writeString(fresh.resolve(LISTING), listing);
      if (Files.exists(folder) && !isComplete(folder, listing)) {
        // Damaged: out of the way with it, under a name that nobody looks for.
        Files.move(folder, damaged);
      }
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process may have been faster.
      if (!isComplete(folder, listing)) {
        throw e;
      }
    } finally {
      delete(fresh);
      delete(damaged);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The SHA-256 of {@code content}, in hexadecimal. */
  static String hash(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  /** Tells contents apart; {@code content} is a CRC-32 or a SHA-256, in hexadecimal. */
  private record Fingerprint(long size, String content) {
    /** From the jar's directory, without reading 240 MB at each start; a build's output folder is read. */
    static Fingerprint of(NativeLibrary library) throws IOException {
      URLConnection connection = library.content().openConnection();
      connection.setUseCaches(false);
      if (connection instanceof JarURLConnection jar) {
        try (JarFile file = jar.getJarFile()) {
          JarEntry entry = file.getJarEntry(jar.getEntryName());
          return new Fingerprint(entry.getSize(), Long.toHexString(entry.getCrc()));
        }
      }
      try (InputStream opened = connection.getInputStream()) {
        byte[] content = opened.readAllBytes();
        return new Fingerprint(content.length, hash(content));
      }
    }
  }
}

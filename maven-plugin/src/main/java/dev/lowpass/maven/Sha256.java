package dev.lowpass.maven;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of texts, or of what a file holds, in hexadecimal. */
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String of(Path file) throws IOException {
    Sha256 hash = new Sha256();
    try (InputStream stream = Files.newInputStream(file);
        OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), hash.digest)) {
      stream.transferTo(sink);
    }
    return hash.toString();
  }

  /** Adds a text so that where it ends counts. */
  void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Ends it. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

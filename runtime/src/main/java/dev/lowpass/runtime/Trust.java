package dev.lowpass.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Whose artifacts may be loaded. An artifact is native code: to load it is to let whoever made it do what this process
 * may. Hashes show that a file is whole, not who made it; a signature does.
 *
 * <pre>{@code
 * Model.load(path, trusting(Trust.key(Path.of("ours.pub"))))
 * }</pre>
 */
public final class Trust {
  private static final Trust ANYBODY = new Trust(Optional.empty());
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  /** More than a file with one key has. */
  private static final int MOST_BYTES = 1 << 16;

  private final Optional<List<PublicKey>> keys;

  private Trust(Optional<List<PublicKey>> keys) {
    this.keys = keys;
  }

  /** Whoever it is, signed or not. */
  public static Trust anybody() {
    return ANYBODY;
  }

  /** Whoever has the private part of one of {@code keys}, which are Ed25519 keys; nobody, where there are none. */
  public static Trust trusting(PublicKey... keys) {
    return trusting(List.of(keys));
  }

  /** Whoever has the private part of one of {@code keys}. */
  public static Trust trusting(List<PublicKey> keys) {
    return new Trust(Optional.of(List.copyOf(keys)));
  }

  /**
   * The public key in a file, in PEM, as {@code openssl pkey -in key.pem -pubout} writes it.
   *
   * @throws LowpassRuntimeException LP5006 where the file holds no Ed25519 key, LP5001 where it cannot be read
   */
  public static PublicKey key(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new LowpassRuntimeException(5006, file.toString(), "is no file with a key");
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw new LowpassRuntimeException(5006, file.toString(), "holds no public key in PEM (" + BEGIN + ")");
      }
      byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (IOException e) {
      throw new LowpassRuntimeException(5001, file.toString(), "cannot be read: " + e.getMessage(), e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new LowpassRuntimeException(5006, file.toString(), "holds another key than one of Ed25519", e);
    }
  }

  /**
   * Sees whether an artifact may be loaded.
   *
   * @param place of the artifact, for messages
   * @param signer whose signature it has, and that fits
   * @param fingerprint of that key, for messages
   * @throws LowpassRuntimeException LP5005 where it may not
   */
  void check(String place, Optional<PublicKey> signer, String fingerprint) {
    if (keys.isEmpty()) {
      return;
    }
    if (signer.isEmpty()) {
      throw new LowpassRuntimeException(5005, place, "is not signed, and only what is signed by a trusted key is loaded");
    }
    if (!keys.get().contains(signer.get())) {
      String problem = "is signed by the key %s, which is none of the %d that are trusted";
      throw new LowpassRuntimeException(5005, place, String.format(problem, fingerprint, keys.get().size()));
    }
  }
}

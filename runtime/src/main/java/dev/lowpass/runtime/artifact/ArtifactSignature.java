package dev.lowpass.runtime.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Who vouches for an artifact: an Ed25519 signature (RFC 8032) and the key that it can be checked with. It is a section of
 * its own, of the key's {@link #KEY_BYTES} bytes as X.509 has them and the signature's {@link #SIGNATURE_BYTES}.
 *
 * <p>What is signed is everything else that an artifact says: its manifest, and name, length and SHA-256 of every other
 * section. Where these lie follows from that.
 *
 * @param key whose private part signed; whether to trust it is for others to say
 */
public record ArtifactSignature(PublicKey key, byte[] signature) {
  /** Of the section. */
  public static final String SECTION = "signature";

  private static final String ALGORITHM = "Ed25519";
  private static final byte[] PURPOSE = "lowpass artifact 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 44;
  private static final int SIGNATURE_BYTES = 64;

  /** What a signature is of. */
  static byte[] message(byte[] manifest, List<Section> sections) {
    List<Section> signed = sections.stream().filter(section -> !section.name().equals(SECTION)).toList();
    int entryBytes = FileLayout.NAME_BYTES + Long.BYTES + FileLayout.HASH_BYTES;
    ByteBuffer message =
        ByteBuffer.allocate(PURPOSE.length + Long.BYTES + manifest.length + signed.size() * entryBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    message.put(PURPOSE).putLong(manifest.length).put(manifest);
    for (Section section : signed) {
      byte[] name = section.name().getBytes(StandardCharsets.US_ASCII);
      message.put(Arrays.copyOf(name, FileLayout.NAME_BYTES)).putLong(section.bytes()).put(section.sha256());
    }
    return message.array();
  }

  /**
   * Signs an artifact of {@code manifest} and {@code sections}, whose offsets do not matter.
   *
   * @param keys of Ed25519
   * @throws IllegalArgumentException for keys of another kind
   */
  public static ArtifactSignature of(KeyPair keys, byte[] manifest, List<Section> sections) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(keys.getPrivate());
      signer.update(message(manifest, sections));
      return new ArtifactSignature(keys.getPublic(), signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("keys that do not sign: " + e.getMessage(), e);
    }
  }

  /** @throws IOException where the section is of another form */
  static ArtifactSignature parse(byte[] section) throws IOException {
    if (section.length != KEY_BYTES + SIGNATURE_BYTES) {
      throw new IOException("a signature of " + section.length + " bytes; " + (KEY_BYTES + SIGNATURE_BYTES));
    }
    return new ArtifactSignature(
        key(Arrays.copyOf(section, KEY_BYTES)), Arrays.copyOfRange(section, KEY_BYTES, section.length));
  }

  /**
   * The Ed25519 key that is written as X.509 writes it.
   *
   * @throws IOException where it is none
   */
  public static PublicKey key(byte[] encoded) throws IOException {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IOException("no Ed25519 key", e);
    }
  }

  /** The section that {@link #parse} reads. */
  public byte[] toSection() {
    return ByteBuffer.allocate(KEY_BYTES + SIGNATURE_BYTES).put(key.getEncoded()).put(signature).array();
  }

  /** Whether it is the key's own, and of this {@code message}. */
  boolean fits(byte[] message) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** SHA-256 of {@code key} as X.509 writes it, in hexadecimal: what people compare. */
  public static String fingerprint(PublicKey key) {
    return HexFormat.of().formatHex(FileLayout.sha256().digest(key.getEncoded()));
  }
}

package dev.lowpass.codegen.artifact;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that signs artifacts, from a file in PEM as {@code openssl genpkey -algorithm ed25519} writes it. */
public final class SigningKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String MAKING = "; openssl genpkey -algorithm ed25519 -out key.pem makes one";

  private SigningKey() {}

  /**
   * Reads the private key in {@code file} and works out the public one.
   *
   * @throws LowpassException LP4027 where there is none, or one of another kind
   */
  public static KeyPair read(Path file) {
    try {
      String text = InputFile.text(file);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw refused(file, "holds no private key in PEM (" + BEGIN + ")" + MAKING);
      }
      byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
      return pair(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (IOException e) {
      throw refused(file, "cannot be read: " + FileProblem.of(e));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(file, "holds another key than one of Ed25519" + MAKING);
    }
  }

  private static LowpassException refused(Path file, String why) {
    return new LowpassException("LP4027", file.toString(), why);
  }

  /**
   * The private key is 32 random bytes, and the public one follows from them (RFC 8032, 5.1.5). Java only does that for a
   * new pair, so the bytes are its randomness.
   */
  private static KeyPair pair(PrivateKey key) throws GeneralSecurityException {
    byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow(() -> new GeneralSecurityException("a key without bytes"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Known(seed));
    KeyPair pair = generator.generateKeyPair();
    if (!pair.getPrivate().equals(key)) {
      throw new GeneralSecurityException("this Java makes another key of the same bytes");
    }
    return pair;
  }

  /** Bytes that are known where others are random. */
  private static final class Known extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Known(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] wanted) {
      System.arraycopy(bytes, 0, wanted, 0, Math.min(bytes.length, wanted.length));
    }
  }
}

package dev.lowpass.testsuite.fuzz.campaign;

import java.util.Arrays;
import java.util.Random;

/** Damages that files take, and some that nobody's disk would do. */
final class ByteMutation {
  private ByteMutation() {}

  /** {@code bytes} after a few changes. */
  static byte[] of(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 2);
    for (int i = 0; i < changes && changed.length > 0; i++) {
      changed = once(changed, random);
    }
    return changed;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(1 + random.nextInt(64)));
    return switch (random.nextInt(7)) {
      case 0 -> set(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
      case 1 -> set(bytes, at, random.nextInt(256));
      case 2 -> set(bytes, at, new int[] {0, 1, 0x7f, 0x80, 0xff}[random.nextInt(5)]);
      case 3 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
      case 4 -> join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
      case 5 -> Arrays.copyOf(bytes, at);
      default -> join(Arrays.copyOf(bytes, at), varint(random), Arrays.copyOfRange(bytes, at, bytes.length));
    };
  }

  private static byte[] set(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  /** A number as protobuf writes it. */
  private static byte[] varint(Random random) {
    byte[] digits = new byte[10];
    int length = 0;
    for (long value = Numbers.near(1, random); length < 10; value >>>= 7) {
      boolean last = value >>> 7 == 0;
      digits[length++] = (byte) (value & 0x7f | (last ? 0 : 0x80));
      if (last) {
        break;
      }
    }
    return Arrays.copyOf(digits, length);
  }

  private static byte[] join(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}

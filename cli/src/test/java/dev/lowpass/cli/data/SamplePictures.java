package dev.lowpass.cli.data;

import java.util.Base64;

/**
 * Files of other encoders, 8x8, the left half (200, 60, 30), the right half (20, 90, 220). Made with Pillow 12:
 *
 * <pre>
 * rgb = Image.new('RGB', (8, 8), (200, 60, 30)); rgb.paste((20, 90, 220), (4, 0, 8, 8))
 * rgb.convert('CMYK').save('cmyk.jpg', quality=95)
 * rgb.save('lossy.webp', quality=90); rgb.save('lossless.webp', lossless=True)
 * </pre>
 */
enum SamplePictures {
  /** With Adobe's marker and inverted inks, as Photoshop writes them; the JDK refuses it. */
  CMYK_JPEG(
      "jpg",
      """
      /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJ
      CgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAE
      EQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6
      g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkA
      SwAAPwDzf/g6N/5oZ/3M3/uJr4r+CX/MT/7Y/wDtSqf/AAanf815/wC5X/8AcvX7+V//2Q==
      """),

  LOSSY_WEBP(
      "webp",
      """
      UklGRlYAAABXRUJQVlA4IEoAAACQAgCdASoIAAgAAMASJagCdLoBQAPwArv/cAAawAD+96/+GD/b/tYf+TWKl1N//Z5fmgp9vJ/9nl/7xHwJH/+5
      87Es9eJ/7dgAAA==
      """),

  LOSSLESS_WEBP("webp", "UklGRiIAAABXRUJQVlA4TBYAAAAvB8ABAA9wLfFT0F6Ie/6DB32I6H8A");

  private final String ending;
  private final String base64;

  SamplePictures(String ending, String base64) {
    this.ending = ending;
    this.base64 = base64;
  }

  String fileName() {
    return "sample." + ending;
  }

  byte[] bytes() {
    return Base64.getMimeDecoder().decode(base64);
  }
}

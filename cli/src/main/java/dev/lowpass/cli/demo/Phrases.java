package dev.lowpass.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What stands on signs, receipts and forms: a few words, prices, dates, numbers. */
final class Phrases {
  private static final List<String> WORDS =
      List.of(
          """
          invoice total amount street platform departure arrival ticket passport receipt account customer
          service open closed monday tuesday friday january march october exit entrance emergency warning
          caution danger private parking central station airport hotel restaurant kitchen bakery library
          museum gallery theatre garden bridge harbour island river mountain valley village market square
          tower castle palace church school hospital pharmacy doctor engineer teacher writer painter number
          order delivery address signature document contract licence expires valid until please keep left
          right forward return quantity price discount balance payment credit cash change thank you welcome
          good morning evening fresh organic coffee orange lemon butter sugar flour water energy power
          voltage pressure weight length height model serial version made quality control batch frequency
          channel network compiler
          """
              .strip()
              .split("\\s+"));

  private Phrases() {}

  /** One line of text; all of its characters are ASCII. */
  static String next(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> capital(word(random)) + " " + price(random);
      case 1 -> date(random) + " " + word(random);
      case 2 -> capital(word(random)) + " " + code(random);
      case 3 -> (word(random) + " " + word(random)).toUpperCase(Locale.ROOT);
      case 4 -> capital(word(random)) + " " + word(random) + " " + word(random);
      case 5 -> word(random) + " " + word(random) + " " + word(random) + " " + word(random);
      case 6 -> capital(word(random)) + ", " + random.nextInt(1, 99) + " " + capital(word(random));
      default -> capital(word(random)) + " " + word(random);
    };
  }

  private static String price(RandomGenerator random) {
    return format("%d.%02d", random.nextInt(1, 999), random.nextInt(100));
  }

  private static String date(RandomGenerator random) {
    return format("%02d.%02d.20%02d", random.nextInt(1, 29), random.nextInt(1, 13), random.nextInt(10, 40));
  }

  private static String code(RandomGenerator random) {
    return format("%S-%04d", word(random).substring(0, 2), random.nextInt(10000));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String word(RandomGenerator random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}

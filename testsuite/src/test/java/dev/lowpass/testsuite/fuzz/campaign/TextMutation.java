package dev.lowpass.testsuite.fuzz.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Changes of words and numbers of a text, and now and then of its bytes. */
final class TextMutation {
  private static final Pattern TOKEN = Pattern.compile("-?[0-9]+|[A-Za-z_]+|\\s+|.", Pattern.DOTALL);
  private static final List<String> ODD =
      List.of("nan", "inf", "\"", "\\u", "{", "}", "[", "]", "*", "%", "@", "\u202e", "\ud800", "\u0000", "1e999", "0x0");

  private TextMutation() {}

  /** {@code text} after a few changes. */
  static String of(String text, Random random) {
    List<String> tokens =
        TOKEN.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(ArrayList::new));
    int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 3);
    boolean wellFormed = random.nextInt(3) > 0;
    for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
      if (wellFormed) {
        number(tokens, random.nextInt(tokens.size()), random);
      } else {
        change(tokens, random);
      }
    }
    return String.join("", tokens);
  }

  private static void change(List<String> tokens, Random random) {
    int at = random.nextInt(tokens.size());
    int other = random.nextInt(tokens.size());
    switch (random.nextInt(8)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(other));
      case 2 -> tokens.set(at, tokens.get(other));
      case 3 -> tokens.set(at, ODD.get(random.nextInt(ODD.size())));
      default -> number(tokens, at, random);
    }
  }

  /** The next number from {@code at} on becomes another one. */
  private static void number(List<String> tokens, int at, Random random) {
    for (int i = at; i < tokens.size(); i++) {
      if (tokens.get(i).matches("-?[0-9]{1,18}")) {
        tokens.set(i, Long.toString(Numbers.near(Long.parseLong(tokens.get(i)), random)));
        return;
      }
    }
  }
}

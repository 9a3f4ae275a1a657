package dev.lowpass.testsuite.cuda;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instruction of PTX.
 *
 * @param conditional whether it has a predicate
 * @param opcode with its modifiers: {@code ld.global.v4.f32}
 * @param operands as they are written
 */
record PtxInstruction(boolean conditional, String opcode, String operands) {
  private static final Pattern SHAPE = Pattern.compile("\\.m(\\d+)n(\\d+)k(\\d+)");
  private static final Pattern BITS = Pattern.compile("(\\d+)$");
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)\\s*$");
  private static final int WARP = 32;
  private static final int WARP_GROUP = 4 * WARP;

  /** Memory that instructions may name; what names none, and is none of those that are small and fast, is global. */
  public enum Space {
    GLOBAL,
    SHARED,
    LOCAL
  }

  /**
   * What one instruction moves.
   *
   * @param bytes for each work-item; where several move something together, its share
   */
  record Transfer(boolean isLoad, Space space, int bytes) {}

  /** The operand in the place {@code index}, empty where there are fewer. */
  String operand(int index) {
    String[] all = operands.split(",");
    return index < all.length ? all[index].strip() : "";
  }

  private List<String> parts() {
    return List.of(opcode.split("\\."));
  }

  private String family() {
    return parts().getFirst();
  }

  private String type() {
    return parts().getLast();
  }

  boolean isJump() {
    return family().equals("bra");
  }

  /** Whether what follows is only done where something jumps to it. */
  boolean isEnd() {
    return !conditional
        && switch (family()) {
          case "bra", "brx", "ret", "exit", "trap" -> true;
          default -> false;
        };
  }

  /** Multiply-adds of numbers, not of addresses, for each work-item. */
  int macs() {
    return switch (family()) {
      case "fma" -> opcode.endsWith("x2") ? 2 : 1;
      case "mad" -> type().startsWith("f") ? 1 : 0;
      case "dp4a" -> 4;
      case "dp2a" -> 2;
      case "mma", "wmma" -> opcode.contains("mma.sync") || opcode.contains(".mma.") ? shape(0, 1, 2) / WARP : 0;
      case "wgmma" -> opcode.contains("mma_async") ? shape(0, 1, 2) / WARP_GROUP : 0;
      default -> 0;
    };
  }

  /** The product of these of the three extents m, n, k. */
  private int shape(int... extents) {
    Matcher shape = SHAPE.matcher(opcode);
    if (!shape.find()) {
      return 0;
    }
    int product = 1;
    for (int extent : extents) {
      product *= Integer.parseInt(shape.group(1 + extent));
    }
    return product;
  }

  List<Transfer> transfers() {
    return switch (family()) {
      case "ld", "ldu" -> plain(true);
      case "st" -> plain(false);
      case "ldmatrix" -> List.of(new Transfer(true, Space.SHARED, WARP / 8 * lanes("x")));
      case "stmatrix" -> List.of(new Transfer(false, Space.SHARED, WARP / 8 * lanes("x")));
      case "wmma" -> fragment();
      case "cp" -> copy();
      default -> List.of();
    };
  }

  private List<Transfer> plain(boolean isLoad) {
    return space().map(space -> new Transfer(isLoad, space, lanes("v") * typeBytes())).stream().toList();
  }

  private List<Transfer> fragment() {
    int elements =
        switch (String.join(".", parts().subList(1, 3))) {
          case "load.a" -> shape(0, 2);
          case "load.b" -> shape(2, 1);
          case "load.c", "store.d" -> shape(0, 1);
          default -> 0;
        };
    return elements == 0
        ? List.of()
        : List.of(
            new Transfer(parts().get(1).equals("load"), space().orElseThrow(), elements * typeBytes() / WARP));
  }

  /** From global memory to shared, past registers. */
  private List<Transfer> copy() {
    MatchResult bytes = LAST_NUMBER.matcher(operands).results().findFirst().orElse(null);
    if (bytes == null || !opcode.matches("cp\\.async\\.c[ag]\\..*")) {
      return List.of();
    }
    int moved = Integer.parseInt(bytes.group(1));
    return List.of(new Transfer(true, Space.GLOBAL, moved), new Transfer(false, Space.SHARED, moved));
  }

  private Optional<Space> space() {
    for (String part : parts()) {
      switch (part.split("::")[0]) {
        case "global" -> {
          return Optional.of(Space.GLOBAL);
        }
        case "shared" -> {
          return Optional.of(Space.SHARED);
        }
        case "local" -> {
          return Optional.of(Space.LOCAL);
        }
        case "param", "const" -> {
          return Optional.empty();
        }
        default -> {
          // Says something else.
        }
      }
    }
    return Optional.of(Space.GLOBAL);
  }

  private int lanes(String letter) {
    return parts().stream()
        .filter(part -> part.matches(letter + "\\d"))
        .mapToInt(part -> Integer.parseInt(part.substring(1)))
        .findFirst()
        .orElse(1);
  }

  private int typeBytes() {
    Matcher bits = BITS.matcher(type());
    return bits.find() ? Math.max(1, Integer.parseInt(bits.group(1)) / Byte.SIZE) : 0;
  }
}

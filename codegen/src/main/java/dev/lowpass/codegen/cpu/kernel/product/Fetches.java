package dev.lowpass.codegen.cpu.kernel.product;

/**
 * Cache lines that tiles ask for while they compute, before someone waits for them.
 *
 * @param ahead elements from weights to those that will be needed later; 0 for no weights
 * @param once whether weights serve one tile only, which asks for as many as it reads; else the first two tiles ask for
 *     half of the next panel each
 * @param rows whether there is an argument {@code far}: other than 0 it says that x may lie in another core's cache, and
 *     each tile asks for the rows of the next
 * @param soon elements from one slab to the next of argument {@code soon}, a map that is read after this panel, and of
 *     which a tile asks for the rows that it has itself; 0 if there is none
 */
public record Fetches(int ahead, boolean once, boolean rows, int soon) {
  public static final Fetches NONE = new Fetches(0, false, false, 0);

  /** The weights of the next panel, {@code elements} on; none for 0. */
  public static Fetches ofNextPanel(int elements) {
    return new Fetches(elements, false, false, 0);
  }

  /** Weights that stream by once, {@code elements} ahead. */
  public static Fetches ofStream(int elements) {
    return new Fetches(elements, true, false, 0);
  }

  /** A map with {@code slab} elements from one slab to the next. */
  public static Fetches ofMap(int slab) {
    return new Fetches(0, false, false, slab);
  }

  /** These, and the rows of the next tile. */
  public Fetches andRows() {
    return new Fetches(ahead, once, true, soon);
  }
}

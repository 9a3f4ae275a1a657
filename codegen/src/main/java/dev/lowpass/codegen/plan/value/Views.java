package dev.lowpass.codegen.plan.value;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slots that have no memory of their own: their elements are consecutive ones of another slot, in the order of both, and
 * lie there as they would by themselves.
 *
 * @param places of those that are views; all others own what they hold
 */
public record Views(Map<Slot, Place> places) {
  public static final Views NONE = new Views(Map.of());

  /**
   * A part of {@code whole}.
   *
   * @param element the first one, counted in the order of the tensor, without padding
   * @param offset where it lies in the memory of {@code whole}, in bytes
   */
  public record Place(Slot whole, long element, long offset) {
    /** The place of what lies at {@code inner} of the slot that lies here. */
    private Place around(Place inner) {
      return new Place(whole, element + inner.element, offset + inner.offset);
    }
  }

  public Views {
    places = Map.copyOf(new LinkedHashMap<>(places));
  }

  /** Where {@code slot} lies: in a slot that has memory of its own, be it itself. */
  public Place of(Slot slot) {
    Place place = new Place(slot, 0, 0);
    while (places.containsKey(place.whole())) {
      place = places.get(place.whole()).around(place);
    }
    return place;
  }
}

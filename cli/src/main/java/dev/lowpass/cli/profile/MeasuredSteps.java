package dev.lowpass.cli.profile;

import dev.lowpass.runtime.Profile;

/**
 * Times of the steps of one artifact at one size.
 *
 * @param label of the contestant
 * @param inputs shapes of the size, as JSON text; empty where the file does not say
 */
public record MeasuredSteps(String label, String inputs, Profile profile) {
  /** Microseconds of the longest step, more than zero. */
  public double longest() {
    return profile.steps().stream().mapToDouble(Profile.Step::microseconds).reduce(Double.MIN_NORMAL, Math::max);
  }
}

/**
 * The choice which layers run low-passed: {@link dev.lowpass.passes.forms.ChooseForms} searches, by what a choice would
 * cost once the passes of {@code frequency} had carried it out.
 */
@NullMarked
package dev.lowpass.passes.forms;

import org.jspecify.annotations.NullMarked;

/**
 * The steps of a plan, a record each: what one kernel computes, from which slots into which.
 */
@NullMarked
package dev.lowpass.codegen.plan.step;

import org.jspecify.annotations.NullMarked;

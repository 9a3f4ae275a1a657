/**
 * What a network's answers make of every coefficient of every channel, to second order, from gradients on a few hundred
 * pictures.
 */
@NullMarked
package dev.lowpass.learn.sensitivity;

import org.jspecify.annotations.NullMarked;

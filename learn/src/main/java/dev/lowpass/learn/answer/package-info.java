/** What a network answers, and how far one answer is from another: divergence of classes, or relative error. */
@NullMarked
package dev.lowpass.learn.answer;

import org.jspecify.annotations.NullMarked;

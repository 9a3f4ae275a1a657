/** What is learnt from, and who hears how far it is. */
@NullMarked
package dev.lowpass.learn.data;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.lowpass.learn.network;

import org.jspecify.annotations.NullMarked;

/**
 * What the emitters of all kinds of devices share: the arguments of entry functions, the parameter arena and the
 * packing of weights, and the arithmetic of block transforms.
 */
@NullMarked
package dev.lowpass.codegen.emit;

import org.jspecify.annotations.NullMarked;

/**
 * Kernel plans: what is computed, from which slot into which, in which layout. A plan knows the network and the shape
 * of its data, and nothing of TVM, registers or threads; an emitter for a kind of device turns its steps into code.
 */
@NullMarked
package dev.lowpass.codegen.plan;

import org.jspecify.annotations.NullMarked;

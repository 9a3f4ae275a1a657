/** Tests that the check of compiled code finds what is wrong, and nothing else. */
@NullMarked
package dev.lowpass.codegen.check;

import org.jspecify.annotations.NullMarked;

/** Documents say what is so: pages that follow from the code are up to date, examples parse, links lead somewhere. */
@NullMarked
package dev.lowpass.testsuite.docs;

import org.jspecify.annotations.NullMarked;

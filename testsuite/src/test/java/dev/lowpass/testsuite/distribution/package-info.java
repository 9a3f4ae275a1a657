/** What is handed out: the modules' jars and the command's archive, as a build of everything leaves them. */
@NullMarked
package dev.lowpass.testsuite.distribution;

import org.jspecify.annotations.NullMarked;

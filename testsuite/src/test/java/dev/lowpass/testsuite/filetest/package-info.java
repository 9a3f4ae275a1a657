/**
 * Tests as small files of IR text with their expectations beside them, after Cranelift's file tests. {@code FileTests}
 * finds the files, {@code FileTestReader} reads one, {@code Execution} does what its header says, {@code Expectations}
 * checks what came of it. How a file is written: {@code filetests/README.md}.
 */
@NullMarked
package dev.lowpass.testsuite.filetest;

import org.jspecify.annotations.NullMarked;

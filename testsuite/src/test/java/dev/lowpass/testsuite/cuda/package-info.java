/**
 * What can be known of code for CUDA without a GPU: {@code PoclDriver} runs the OpenCL C that PTX was made of, on the
 * processor; {@code PtxAssembler} has NVIDIA's assembler check the PTX; {@code PtxCounts} counts what it does.
 * {@code CountKernels} is a program that prints both for an artifact.
 */
@NullMarked
package dev.lowpass.testsuite.cuda;

import org.jspecify.annotations.NullMarked;

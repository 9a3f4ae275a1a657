package dev.lowpass.cli.learning;

import dev.lowpass.cli.frontier.FrontierPoint;
import dev.lowpass.codegen.CompileOptions;
import java.nio.file.Path;

/**
 * Something to be compiled, timed and scored beside others.
 *
 * @param model an ONNX file
 * @param height of the picture that the network computes on
 */
record Contender(
    String name, FrontierPoint.Kind kind, Path model, CompileOptions options, int height, int width) {}

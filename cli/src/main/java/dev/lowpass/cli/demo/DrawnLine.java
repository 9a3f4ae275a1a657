package dev.lowpass.cli.demo;

import dev.lowpass.runtime.picture.Picture;

/**
 * A line of text as a text detector would cut it out.
 *
 * @param upsideDown whether it stands on its head: what the classifier has to find out
 */
record DrawnLine(String text, Picture picture, boolean upsideDown) {}

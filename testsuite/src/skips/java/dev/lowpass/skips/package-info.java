/** What every module's tests share: a listener that prints why a test was skipped. */
package dev.lowpass.skips;

/**
 * A campaign of damaged files: thousands of mutations of models, artifacts, bands files and IR texts, each given to the
 * command in a process that is watched. None may crash it, hang it, leave a file behind, or be called a bug of ours.
 * {@code CampaignTest} runs some in every build and says how to run more.
 */
@NullMarked
package dev.lowpass.testsuite.fuzz.campaign;

import org.jspecify.annotations.NullMarked;

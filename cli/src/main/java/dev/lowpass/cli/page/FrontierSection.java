package dev.lowpass.cli.page;

import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierPicture;
import dev.lowpass.cli.frontier.Measure;

/** Accuracy against time, where that was measured. */
record FrontierSection(String id, Frontier frontier) {
  Section section() {
    String picture = new FrontierPicture(frontier, Measure.suiting(frontier)).svgInPage();
    String body =
        """
        <div class="scroll frontier" tabindex="0" role="region" aria-label="Accuracy and time">
        %s</div>"""
            .formatted(picture);
    return new Section(
        id, "Accuracy and time", "Up and to the left is better; point at a mark for its numbers.", body);
  }
}

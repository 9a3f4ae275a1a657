package dev.lowpass.cli.frontier;

/**
 * Type and colours of the picture, light and dark: in a file of its own as the reader's system has it, in a page as the
 * page has it.
 */
final class FrontierStyle {
  private static final String LIGHT =
      """
      text{font-family:Helvetica,Arial,sans-serif;font-size:12px} .title{font-size:16px;font-weight:600}
      .strong{font-weight:600} path{fill:none} .curve{stroke-width:2} .error{stroke-width:1;stroke-opacity:.6}
      .mark{stroke-width:1.5} .paper{fill:#ffffff} .ink{fill:#1e293b} .soft{fill:#64748b}
      .grid{stroke:#e2e8f0} .leader{stroke:#94a3b8;stroke-width:.8} .frame{stroke:#94a3b8} .mark{stroke:#ffffff}
      .mark.dense{fill:#b45309} .curve.dense{stroke:#b45309} .error.dense{stroke:#b45309}
      .mark.bands0{fill:#2563eb} .curve.bands0{stroke:#2563eb} .error.bands0{stroke:#2563eb}
      .mark.bands1{fill:#15803d} .curve.bands1{stroke:#15803d} .error.bands1{stroke:#15803d}
      .mark.bands2{fill:#9333ea} .curve.bands2{stroke:#9333ea} .error.bands2{stroke:#9333ea}
      .mark.bands3{fill:#0e7490} .curve.bands3{stroke:#0e7490} .error.bands3{stroke:#0e7490}
      .mark.peer{fill:#475569} .error.peer{stroke:#475569}
      .mark.chosen{fill:#dc2626} .error.chosen{stroke:#dc2626}
      """;

  private static final String DARK =
      """
      .paper{fill:#0d1117} .ink{fill:#e2e8f0} .soft{fill:#94a3b8} .grid{stroke:#1f2937} .leader{stroke:#64748b}
      .frame{stroke:#475569} .mark{stroke:#0d1117}
      .mark.dense{fill:#fbbf24} .curve.dense{stroke:#fbbf24} .error.dense{stroke:#fbbf24}
      .mark.bands0{fill:#60a5fa} .curve.bands0{stroke:#60a5fa} .error.bands0{stroke:#60a5fa}
      .mark.bands1{fill:#4ade80} .curve.bands1{stroke:#4ade80} .error.bands1{stroke:#4ade80}
      .mark.bands2{fill:#c084fc} .curve.bands2{stroke:#c084fc} .error.bands2{stroke:#c084fc}
      .mark.bands3{fill:#22d3ee} .curve.bands3{stroke:#22d3ee} .error.bands3{stroke:#22d3ee}
      .mark.peer{fill:#cbd5e1} .error.peer{stroke:#cbd5e1}
      .mark.chosen{fill:#f87171} .error.chosen{stroke:#f87171}
      """;

  private FrontierStyle() {}

  /** Of a picture by itself. */
  static String alone() {
    return "<style>\n" + LIGHT + "@media (prefers-color-scheme:dark){\n" + DARK + "}\n</style>";
  }

  /** Of a picture within an element of class {@code frontier}, in a page whose root may say {@code data-theme}. */
  static String inPage() {
    return """
        <style>
        .frontier{
        %s}
        @media (prefers-color-scheme:dark){:root:not([data-theme=light]) .frontier{
        %s}}
        :root[data-theme=dark] .frontier{
        %s}
        </style>"""
        .formatted(LIGHT, DARK, DARK);
  }
}

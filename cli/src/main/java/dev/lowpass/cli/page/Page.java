package dev.lowpass.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page of one file that loads nothing. Its policy for contents allows one script, ours, by hash: text of a model that
 * found a way through would still not run.
 *
 * @param title as text
 * @param subtitle as text
 * @param sections in the order in which to read them
 */
record Page(String title, String subtitle, List<Section> sections) {
  Page {
    sections = List.copyOf(sections);
  }

  /** The same page gives the same bytes. */
  String text() {
    String script = resource("page.js");
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <a class="skip" href="#main">To the content</a>
        <header>
        <div class="name"><h1>%s</h1><p>%s</p></div>
        <div class="tools">
        <label class="find"><span class="hidden-word">Search</span>\
        <input type="search" id="find" placeholder="Search layers and steps" autocomplete="off" spellcheck="false">\
        <kbd aria-hidden="true">/</kbd></label>
        <button type="button" id="open-all">Open all</button>
        <button type="button" id="theme" aria-pressed="false">Dark</button>
        </div>
        <nav aria-label="Sections">%s</nav>
        </header>
        <output id="found" aria-live="polite"></output>
        <main id="main" tabindex="-1">
        %s
        </main>
        <footer><kbd>/</kbd> searches, <kbd>Esc</kbd> clears, arrow keys move among rows and pictures, \
        <kbd>Enter</kbd> opens. Made by <code>lowpass inspect --html</code>.</footer>
        <script>%s</script>
        </body>
        </html>
        """
        .formatted(
            policy(script),
            Html.escaped(title),
            resource("page.css"),
            Html.escaped(title),
            Html.escaped(subtitle),
            sections.stream().map(Section::link).collect(Collectors.joining()),
            sections.stream().map(Section::html).collect(Collectors.joining("\n")),
            script);
  }

  private static String policy(String script) {
    return """
        default-src 'none'; script-src 'sha256-%s'; style-src 'unsafe-inline'; img-src data:; \
        base-uri 'none'; form-action 'none'"""
        .formatted(Base64.getEncoder().encodeToString(sha256(script)));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not beside the classes");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

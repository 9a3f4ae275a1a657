package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.cli.browser.Browser;
import dev.lowpass.cli.browser.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of {@code inspect --html} as a browser shows them. Pictures of them are left in {@code target/pages}. */
class PagesInBrowserTest {
  /** What a name in a file of somebody else's may try. */
  private static final String HOSTILE =
      "</code></script><script>document.title='taken'</script><img src=x onerror=alert(1)>\"'&";

  @TempDir static Path folder = Path.of("");

  private static Optional<Browser> browser = Optional.empty();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), "no Chromium is installed (Debian: apt-get install chromium)");
    Path model = ToyModel.write(folder);
    Path bands = Files.writeString(folder.resolve("toy.bands"), ToyModel.BANDS);
    Path artifact = folder.resolve("toy.lowpass");
    print("compile", model.toString(), "-o", artifact.toString(), "--bands", bands.toString(), "--no-check");
    Path profile = folder.resolve("profile.json");
    Files.writeString(profile, print("bench", artifact.toString(), "--runs", "1", "--layers", "--json"));
    Path frontier = folder.resolve("result.json");
    try (var stream = PagesInBrowserTest.class.getResourceAsStream("frontier/result.json")) {
      Files.write(frontier, stream.readAllBytes());
    }
    String[] measured = {"--profile", profile.toString(), "--frontier", frontier.toString()};
    write("artifact", print("inspect", artifact.toString(), "--html", measured[0], measured[1], measured[2], measured[3]));
    write("model", print("inspect", model.toString(), "--html", "--bands", bands.toString()));
    Path hostile = Files.writeString(folder.resolve("hostile.lpt"), hostileGraph());
    write("hostile", print("inspect", hostile.toString(), "--html"));
    browser = Optional.of(Browser.start(program.get()));
  }

  @AfterAll
  static void stop() {
    browser.ifPresent(Browser::close);
  }

  private static String hostileGraph() {
    String name = HOSTILE.replace("\\", "\\\\").replace("\"", "\\\"");
    return """
        graph @g(%"NAME": f32[1, 2, 7, 7]) -> ("NAME" = %z) {
          %w = constant f32[2, 2] [1.0, 0.0, 0.0, 1.0]
          %f = dct %"NAME" {block = 7x7, order = zigzag}
          %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [49, 0]} loc("NAME")
          %z = idct %p
        }
        """
        .replace("NAME", name);
  }

  private static String print(String... arguments) {
    Invocation run = Invocation.of(folder, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }

  private static void write(String name, String page) throws IOException {
    Files.writeString(folder.resolve(name + ".html"), page);
  }

  private static Tab open(String page, int width, boolean dark) throws IOException, InterruptedException {
    Tab tab = browser.orElseThrow().tab(width, 900, dark);
    tab.open(folder.resolve(page + ".html").toUri());
    return tab;
  }

  /**
   * A look at a page.
   *
   * @param width of the window, in CSS pixels
   */
  private record Look(String page, int width, boolean dark) {
    @Override
    public String toString() {
      return page + "-" + width + (dark ? "-dark" : "-light");
    }
  }

  static List<Look> looks() {
    List<Look> looks = new ArrayList<>(List.of(new Look("hostile", 1280, false), new Look("hostile", 420, true)));
    for (String page : List.of("artifact", "model")) {
      for (int width : List.of(1280, 420)) {
        looks.add(new Look(page, width, false));
        looks.add(new Look(page, width, true));
      }
    }
    return looks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void fitsLoadsNothingAndComplainsOfNothing(Look look) throws IOException, InterruptedException {
    try (Tab tab = open(look.page(), look.width(), look.dark())) {
      Path pictures = Files.createDirectories(Path.of("target", "pages"));
      tab.photograph(pictures.resolve(look + ".png"));
      tab.ask("document.getElementById('open-all').click()");
      assertThat(tab.ask("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(look.width());
      tab.photograph(pictures.resolve(look + "-open.png"));
      assertThat(tab.ask("document.title").asText()).isNotEqualTo("taken");
      assertThat(tab.ask("document.images.length + document.scripts.length").asInt()).isEqualTo(1);
      assertThat(tab.complaints()).isEmpty();
      // Java writes file:/x, and the browser file:///x.
      String path = folder.resolve(look.page() + ".html").toUri().getPath();
      assertThat(tab.requests()).isNotEmpty().allMatch(address -> address.equals("file://" + path) || address.equals("data:,"));
    }
  }

  @Test
  void theSystemOrTheSwitchSaysWhetherItIsDark() throws IOException, InterruptedException {
    String ink = "getComputedStyle(document.querySelector('.frontier .ink')).fill";
    String colour = "getComputedStyle(document.body).backgroundColor";
    try (Tab light = open("artifact", 1280, false);
        Tab dark = open("artifact", 1280, true)) {
      String white = light.ask(colour).asText();
      String whiteInk = light.ask(ink).asText();
      String black = dark.ask(colour).asText();
      assertThat(black).isNotEqualTo(white);
      light.ask("document.getElementById('theme').click()");
      assertThat(light.ask(colour).asText()).isEqualTo(black);
      assertThat(light.ask(ink).asText()).isEqualTo(dark.ask(ink).asText()).isNotEqualTo(whiteInk);
      dark.ask("document.getElementById('theme').click()");
      assertThat(dark.ask(colour).asText()).isEqualTo(white);
    }
  }

  /** What has the focus: its anchor, else what it is. */
  private static final String FOCUS = "(document.activeElement.id || document.activeElement.tagName)";

  @Test
  void aSlashSearchesAndEscapeClears() throws IOException, InterruptedException {
    try (Tab tab = open("artifact", 1280, false)) {
      String rows =
          "[...document.querySelectorAll('.layers > [data-find]')].filter(row => row.offsetHeight > 0).length";
      int all = tab.ask(rows).asInt();
      assertThat(all).isEqualTo(2);
      tab.press("/");
      assertThat(tab.ask(FOCUS).asText()).isEqualTo("find");
      for (String letter : "project".split("")) {
        tab.press(letter);
      }
      assertThat(tab.ask("document.getElementById('find').value").asText()).isEqualTo("project");
      assertThat(tab.ask(rows).asInt()).isEqualTo(1);
      String found = tab.ask("document.getElementById('found').textContent").asText();
      assertThat(found).matches("[1-9][0-9]* of [0-9]+ rows and marks");
      tab.press("Escape");
      assertThat(tab.ask(rows).asInt()).isEqualTo(all);
      assertThat(tab.ask("document.getElementById('find').value").asText()).isEmpty();
      tab.press("Escape");
      assertThat(tab.ask(FOCUS).asText()).isEqualTo("BODY");
    }
  }

  /** Tab comes by everything but what arrow keys reach; and one sees where it is. */
  @Test
  void tabReachesEverything() throws IOException, InterruptedException {
    try (Tab tab = open("artifact", 1280, false)) {
      String places = "[...document.querySelectorAll('a,button,input,summary')]";
      int expected = tab.ask(places + ".filter(e => e.checkVisibility() && e.tabIndex >= 0).length").asInt();
      assertThat(expected).isGreaterThan(20);
      tab.ask(places + ".forEach(e => e.addEventListener('focus', () => { e.dataset.came = 1; }))");
      for (int i = 0; i < expected + 3; i++) {
        tab.press("Tab");
        assertThat(tab.ask("[...document.querySelectorAll(':focus-visible')].length").asInt()).isLessThanOrEqualTo(1);
      }
      assertThat(tab.ask("document.querySelectorAll('[data-came]').length").asInt()).isEqualTo(expected);
    }
  }

  @Test
  void arrowKeysMoveAmongRowsAndMarks() throws IOException, InterruptedException {
    try (Tab tab = open("artifact", 1280, false)) {
      String index = "[...document.querySelectorAll('%s')].indexOf(document.activeElement)";
      for (String places : List.of(".layers summary", ".graph summary", ".block", ".segment", ".rank")) {
        tab.ask("document.querySelector('%s').focus()".formatted(places));
        tab.press("ArrowDown");
        assertThat(tab.ask(index.formatted(places)).asInt()).as(places).isEqualTo(1);
        tab.press("ArrowLeft");
        assertThat(tab.ask(index.formatted(places)).asInt()).as(places).isZero();
      }
      tab.ask("document.querySelector('.graph summary').focus()");
      tab.press("Enter");
      assertThat(tab.ask("document.querySelector('.graph details').open").asBoolean()).isTrue();
      tab.ask("document.querySelector('.block').focus()");
      assertThat(tab.ask("document.querySelector('.memory .tip').textContent").asText()).contains("at byte", "made by");
    }
  }

  @Test
  void aMarkSaysWhatItIsAndLeadsToItsStep() throws IOException, InterruptedException {
    try (Tab tab = open("artifact", 1280, false)) {
      tab.ask("document.querySelector('.segment').scrollIntoView({block: 'center'})");
      String place = "document.querySelector('.segment').getBoundingClientRect()";
      tab.point(tab.ask(place + ".x").asDouble() + 1, tab.ask(place + ".y").asDouble() + 5);
      String tip = tab.ask("document.querySelector('.times .tip').textContent").asText();
      assertThat(tip).startsWith("0 ").contains(" us, ");
      tab.ask("document.querySelector('.segment').click()");
      // The address changes in a task of its own.
      tab.ask("new Promise(done => setTimeout(done, 50))");
      assertThat(tab.ask("document.getElementById('s0n0').open").asBoolean()).isTrue();
    }
  }
}

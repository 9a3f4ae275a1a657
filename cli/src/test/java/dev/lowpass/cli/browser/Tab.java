package dev.lowpass.cli.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A page in a browser: opens, presses keys, asks, takes pictures. For one thread. */
public final class Tab implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final Map<String, Integer> KEY_CODES =
      Map.of("Tab", 9, "Enter", 13, "Escape", 27, "ArrowLeft", 37, "ArrowUp", 38, "ArrowRight", 39, "ArrowDown", 40);

  private final ObjectMapper mapper = new ObjectMapper();
  private final BlockingQueue<String> received;
  private final WebSocket socket;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private int calls;
  private boolean loaded;

  private Tab(WebSocket socket, BlockingQueue<String> received) {
    this.socket = socket;
    this.received = received;
  }

  /** Puts messages together and queues them. */
  private record Listener(StringBuilder part, BlockingQueue<String> received) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        received.add(part.toString());
        part.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }
  }

  static Tab connect(HttpClient client, URI address) throws IOException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    Listener listener = new Listener(new StringBuilder(), received);
    WebSocket socket = client.newWebSocketBuilder().buildAsync(address, listener).join();
    Tab tab = new Tab(socket, received);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      tab.call(domain + ".enable", Map.of());
    }
    return tab;
  }

  void emulate(int width, int height, boolean dark) throws IOException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens {@code address} and waits until all of it is there. */
  public void open(URI address) throws IOException {
    loaded = false;
    call("Page.navigate", Map.of("url", address.toString()));
    while (!loaded) {
      take();
    }
  }

  /** The value of an expression of JavaScript. */
  public JsonNode ask(String expression) throws IOException {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /** Presses and releases a key: one by its name, or a character. */
  public void press(String key) throws IOException {
    boolean named = KEY_CODES.containsKey(key);
    String text = key.equals("Enter") ? "\r" : named ? "" : key;
    int code = named ? KEY_CODES.get(key) : 0;
    call(
        "Input.dispatchKeyEvent",
        Map.of(
            "type", text.isEmpty() ? "rawKeyDown" : "keyDown",
            "key", key,
            "text", text,
            "windowsVirtualKeyCode", code));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** Moves the pointer, in CSS pixels of the window. */
  public void point(double x, double y) throws IOException {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
  }

  /** Writes a picture of the whole page, also of what one would have to scroll to. */
  public void photograph(Path file) throws IOException {
    JsonNode picture =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip()));
    Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
  }

  private Map<String, Object> clip() throws IOException {
    JsonNode size = call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    return Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
  }

  /** What the console was told, and errors that nobody caught. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Addresses of all that was loaded, or tried to. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws IOException {
    int id = ++calls;
    socket.sendText(mapper.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true).join();
    while (true) {
      JsonNode message = take();
      if (message.path("id").asInt() == id) {
        if (message.has("error")) {
          throw new IOException(method + ": " + message.get("error"));
        }
        return message.get("result");
      }
    }
  }

  private JsonNode take() throws IOException {
    try {
      String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("the browser says nothing");
      }
      return noted(mapper.readTree(message));
    } catch (JsonProcessingException e) {
      throw new IOException("the browser says what is not JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private JsonNode noted(JsonNode message) {
    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loaded = true;
      case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
          complaints.add(message.get("params").toString());
      case "Network.requestWillBeSent" -> requests.add(message.at("/params/request/url").asText());
      default -> {
        // Nothing that a test asks about.
      }
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
  }
}

package dev.atmd.it;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A page in a {@link Chromium}. */
final class Tab {
  private final Chromium browser;
  private final String session;

  Tab(Chromium browser, String session) {
    this.browser = browser;
    this.session = session;
    for (var domain : List.of("Page", "Runtime", "Log")) {
      ask(domain + ".enable", Map.of());
    }
  }

  Tab go(String url) {
    ask("Page.navigate", Map.of("url", url));
    return this;
  }

  /** To a view of the dashboard, such as {@code /charts}. */
  Tab view(String path) {
    run("location.hash = '#" + path + "'");
    return this;
  }

  Tab size(int width, int height) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
    return this;
  }

  /** "dark" or "light". */
  Tab prefers(String scheme) {
    ask(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return this;
  }

  /** The value of an expression, which may be a promise. */
  JsonNode value(String expression) {
    var answer =
        ask(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      fail("%s failed: %s", expression, answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void run(String script) {
    value("void (" + script + ")");
  }

  String text(String selector) {
    return value("document.querySelector(`%s`)?.textContent ?? ''".formatted(selector)).asText();
  }

  int count(String selector) {
    return value("document.querySelectorAll(`%s`).length".formatted(selector)).asInt();
  }

  /** Waits until an expression is true; a failure shows the text of the page. */
  void until(String expression) {
    Waiting.until(
        expression,
        () -> value("Boolean(" + expression + ")").asBoolean(),
        () -> "the page says: " + value("document.body.innerText").asText());
  }

  void untilText(String selector, String text) {
    until("document.querySelector(`%s`)?.textContent.includes(`%s`)".formatted(selector, text));
  }

  /** One of several, in whatever order they stand. */
  void untilAny(String selector, String text) {
    until(any(selector, text));
  }

  void clickAny(String selector, String text) {
    run(any(selector, text) + ".click()");
  }

  private static String any(String selector, String text) {
    return "[...document.querySelectorAll(`%s`)].find(e => e.textContent.includes(`%s`))"
        .formatted(selector, text);
  }

  void click(String selector) {
    run("document.querySelector(`%s`).click()".formatted(selector));
  }

  /** As a keyboard does; {@code key} is a letter, or a name such as "Enter". */
  void press(String key) {
    var down =
        key.length() == 1
            ? Map.of("type", "keyDown", "key", key, "text", key)
            : Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code(key));
    ask("Input.dispatchKeyEvent", down);
    ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  private static int code(String key) {
    return switch (key) {
      case "Enter" -> 13;
      case "Escape" -> 27;
      default -> throw new IllegalArgumentException(key);
    };
  }

  void type(String text) {
    ask("Input.insertText", Map.of("text", text));
  }

  /** For people to look at: target/screenshots. */
  void screenshot(String name) {
    var png = ask("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    var file = Checkout.root().resolve("atmd-it/target/screenshots").resolve(name + ".png");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode ask(String method, Map<String, ?> parameters) {
    return browser.ask(session, method, parameters);
  }
}

package dev.atmd.server.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, as they go out. Read once, off the event loops; immutable.
 *
 * @param files by path
 */
record Assets(Map<String, File> files) {
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "theme.js",
          "app.js",
          "ask.js",
          "board.js",
          "charts.js",
          "dom.js",
          "feed.js",
          "finished.js",
          "health.js",
          "keys.js",
          "list.js",
          "overview.js",
          "session.js",
          "text.js",
          "icon.svg",
          "icon-maskable.svg",
          "manifest.webmanifest");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "webmanifest", "application/manifest+json");

  /** One of them. */
  static final class File {
    private final String type;
    private final byte[] bytes;

    File(String type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    String type() {
      return type;
    }

    /** The bytes themselves, which nobody changes. */
    byte[] bytes() {
      return bytes;
    }
  }

  Assets {
    files = Map.copyOf(files);
  }

  /** Reads all; a missing one is a bug. */
  static Assets load() {
    var files = new HashMap<String, File>();
    for (var name : NAMES) {
      try (var in = Assets.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("a part of the page is missing: " + name);
        }
        var ending = name.substring(name.lastIndexOf('.') + 1);
        files.put("/" + name, new File(TYPES.getOrDefault(ending, ""), in.readAllBytes()));
      } catch (IOException e) {
        throw new IllegalStateException("a part of the page cannot be read: " + name, e);
      }
    }
    return new Assets(files);
  }

  @Nullable File at(String path) {
    return files.get(path);
  }
}

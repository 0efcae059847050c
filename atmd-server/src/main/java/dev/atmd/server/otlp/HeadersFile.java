package dev.atmd.server.otlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers that a collector wants, one a line: {@code Authorization=Bearer …}. Empty lines and
 * those with # at their beginning are skipped. Their values are secrets: no message quotes a line.
 * Read anew for each export, so that a new token needs no restart.
 */
final class HeadersFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final Pattern LINE =
      Pattern.compile("(?<name>[\\w!#$%&'*+.^`|~-]+)\\s*=\\s*(?<value>[ -~]*[!-~])\\s*");

  /** What the export itself says. */
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade");

  private final Path file;

  HeadersFile(Path file) {
    this.file = file;
  }

  Map<String, String> read() throws IOException {
    String text;
    try (var in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
    var headers = new LinkedHashMap<String, String>();
    var number = 0;
    for (var line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        put(headers, line, number);
      }
    }
    return headers;
  }

  private void put(Map<String, String> headers, String line, int number) throws IOException {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IOException(
          "line %d of %s is no header: write it as Authorization=Bearer TOKEN, in ASCII"
              .formatted(number, file));
    }
    var name = parts.group("name");
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IOException(
          "line %d of %s sets %s, which is set already: leave it out"
              .formatted(number, file, name));
    }
    headers.put(name, parts.group("value"));
  }

  /** Whether other users of the machine can read it. */
  boolean isOpen() throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }
}

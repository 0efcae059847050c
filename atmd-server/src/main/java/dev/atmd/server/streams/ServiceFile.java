package dev.atmd.server.streams;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmd.server.config.LoopbackUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the background service of OpenCode has written down of itself:
 *
 * <pre>
 * {"url":"http://127.0.0.1:41234","password":"…"}
 * </pre>
 *
 * @param password null where it wants none
 */
record ServiceFile(LoopbackUrl url, @Nullable String password) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Many times what is in it. */
  private static final int MAX_BYTES = 64 * 1024;

  /** Blocks on the disk. Throws {@link UncheckedIOException} if there is nothing of use. */
  static ServiceFile read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var said = JSON.readTree(in.readNBytes(MAX_BYTES));
      var url = said.path("url").asText();
      var password = said.path("password").asText();
      return new ServiceFile(
          LoopbackUrl.parse(url)
              .orElseThrow(() -> new IOException("names no server on this machine: " + url)),
          password.isEmpty() ? null : password);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getClass().getSimpleName() + ": " + said(e), e);
    }
  }

  /** Without the text that could not be read: it may hold the password. */
  private static String said(IOException e) {
    return e instanceof JacksonException json
        ? String.valueOf(json.getLocation())
        : String.valueOf(e.getMessage());
  }
}

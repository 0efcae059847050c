package dev.atmd.server.web;

import dev.atmd.server.files.OwnFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a state directory keeps for the dashboard, in files of mode 0600: a key that signs cookies
 * and never leaves the daemon, and a token that reads metrics and nothing else. Without the files
 * everybody is logged out. Immutable.
 *
 * @param metricsToken what a scraper says
 */
record WebKeys(String key, String metricsToken) {
  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");

  /** Reads both, or makes them. The directory must be ours alone. */
  static WebKeys open(Path stateDir) throws IOException {
    return new WebKeys(
        readOrMake(stateDir.resolve("web.key")), readOrMake(stateDir.resolve("web.token")));
  }

  private static String readOrMake(Path file) throws IOException {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < 100) {
        var kept = Files.readString(file).strip();
        if (TOKEN.matcher(kept).matches()) {
          return kept;
        }
      }
    } catch (NoSuchFileException _) {
      // Gone this moment: there will be a new one.
    }
    Files.deleteIfExists(file);
    var made = Tokens.fresh();
    OwnFiles.create(file, made + "\n");
    return made;
  }

  /** A word that only this daemon can say about a text. */
  String sign(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Nothing of it gets into a log. */
  @Override
  public String toString() {
    return "WebKeys";
  }
}

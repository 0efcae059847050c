package dev.atmd.server.notify;

import dev.atmd.server.outbound.Sender;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An address that is posted to: as JSON, in the way of Slack, or in that of ntfy. With a secret
 * each post carries {@code X-Atmd-Signature: sha256=…}, the HMAC of its body.
 */
final class Webhook implements Channel {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ALGORITHM = "HmacSHA256";

  private final WebhookConfig config;
  private final Duration patience;
  private final Sender sender = new Sender();

  Webhook(WebhookConfig config) {
    this(config, PATIENCE);
  }

  Webhook(WebhookConfig config, Duration patience) {
    this.config = config;
    this.patience = patience;
  }

  @Override
  public String word() {
    return "webhook";
  }

  @Override
  public String tell(Notice notice) throws IOException, CannotTell, InterruptedException {
    var address = config.address();
    var format = config.format();
    if (address == null) {
      throw new CannotTell("notify.webhook is empty; set it to an address to post to");
    }
    var body = body(notice);
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", format.equals("ntfy") ? "text/plain" : "application/json")
            .POST(BodyPublishers.ofString(body));
    if (format.equals("ntfy")) {
      // A header is ASCII: what is not must not make the request impossible.
      request.header("Title", notice.title().replaceAll("[^ -~]", "?"));
    }
    if (!config.secretFile().isEmpty()) {
      request.header("X-Atmd-Signature", "sha256=" + signature(body));
    }
    var status = sender.send(request.build(), () -> patience);
    if (status / 100 != 2) {
      throw new IOException("answered " + status);
    }
    return "answered " + status;
  }

  private String body(Notice notice) throws IOException {
    var words = notice.text().isEmpty() ? notice.title() : notice.title() + ": " + notice.text();
    return switch (config.format()) {
      case "slack" -> NoticeJson.of("text", words);
      case "ntfy" -> notice.text().isEmpty() ? notice.title() : notice.text();
      default -> NoticeJson.of(notice);
    };
  }

  private String signature(String body) throws IOException, CannotTell {
    var secretFile = config.secretFile();
    try {
      var key = Files.readString(Path.of(secretFile)).strip().getBytes(StandardCharsets.UTF_8);
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CannotTell("cannot sign with the key in " + secretFile + ": " + e.getMessage());
    }
  }
}

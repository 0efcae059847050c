package dev.atmd.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.core.session.TmuxPane;
import dev.atmd.server.notify.Channel.CannotTell;
import dev.atmd.server.notify.Notice.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ChannelTest {
  private static final Notice NOTICE =
      Notice.of(
          Kind.NEEDS_INPUT,
          Sights.asking("s1", "x"),
          "Bash: \"$(touch /tmp/x)\" é",
          Sights.NOON,
          false);

  @TempDir private Path directory;

  @Test
  void aCommandGetsWordsAsTheyAre() throws Exception {
    var told = directory.resolve("told");
    var program =
        program(
            "printf '%s|' \"$1\" \"$ATM_KIND\" \"$ATM_SESSION\" \"$ATM_TITLE\" \"$ATM_TEXT\" >"
                + told
                + "; cat >>"
                + told);

    assertThat(new Command(program).tell(NOTICE)).isEqualTo("ran");

    assertThat(Files.readString(told))
        .startsWith("needs_input|needs_input|s1|shop needs input|Bash: \"$(touch /tmp/x)\" é|{")
        .contains("\"kind\":\"needs_input\"", "\"session\":\"s1\"", "\"repeated\":false");
  }

  @Test
  void aCommandThatFailsSaysWhy() throws Exception {
    var program = program("echo no bell; exit 3");

    assertThatThrownBy(() -> new Command(program).tell(NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with 3: no bell");
  }

  @Test
  void withoutAProgramThereIsNothingToTry() {
    assertThatThrownBy(() -> new Command("").tell(NOTICE)).isInstanceOf(CannotTell.class);
    assertThatThrownBy(() -> webhook(null, "json", "").tell(NOTICE)).isInstanceOf(CannotTell.class);
  }

  @Test
  void aWebhookIsPostedToAndSigned() throws Exception {
    var key = Files.writeString(directory.resolve("key"), "key\n");
    try (var site = new Site(204)) {
      assertThat(webhook(site.address(), "json", key.toString()).tell(NOTICE))
          .isEqualTo("answered 204");

      var post = site.posts.take();
      assertThat(post.body()).startsWith("{\"kind\":\"needs_input\"").contains("é");
      assertThat(post.signature()).isEqualTo("sha256=" + hmac(post.body()));
    }
  }

  @Test
  void speaksAsOthersWantIt() throws Exception {
    try (var site = new Site(200)) {
      webhook(site.address(), "slack", "").tell(NOTICE);
      assertThat(site.posts.take().body())
          .isEqualTo("{\"text\":\"shop needs input: Bash: \\\"$(touch /tmp/x)\\\" é\"}");

      webhook(site.address(), "ntfy", "").tell(NOTICE);
      var post = site.posts.take();
      assertThat(post.body()).isEqualTo("Bash: \"$(touch /tmp/x)\" é");
      assertThat(post.title()).isEqualTo("shop needs input");
    }
  }

  @Test
  void aRefusalIsAFailure() throws Exception {
    try (var site = new Site(500)) {
      assertThatThrownBy(() -> webhook(site.address(), "json", "").tell(NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("answered 500");
    }
  }

  /** The limit of a request ends at the headers; what comes after them must not hold the thread. */
  @Test
  @Timeout(30)
  void anAnswerThatTricklesIsGivenUp() throws Exception {
    try (var site = new Site(200, true)) {
      var webhook =
          new Webhook(new WebhookConfig(site.address(), false, "json", ""), Duration.ofMillis(200));

      assertThatThrownBy(() -> webhook.tell(NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("it did not answer in time");
      assertThat(site.posts.take().body()).startsWith("{\"kind\":\"needs_input\"");
    }
  }

  @Test
  void whatCannotBeReachedSaysWhy() throws Exception {
    URI address;
    try (var site = new Site(200)) {
      address = site.address();
    }

    assertThatThrownBy(() -> webhook(address, "json", "").tell(NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Connect");
  }

  @Test
  void onlyARealPaneIsAsked() {
    for (var pane : new String[] {"%1; rm", "-t", "0", "%"}) {
      var notice =
          new Notice(
              Kind.DONE,
              NOTICE.session(),
              "pi",
              null,
              new TmuxPane(pane),
              "t",
              "",
              Sights.NOON,
              false);
      assertThatThrownBy(() -> new Pane().tell(notice))
          .as(pane)
          .isInstanceOf(CannotTell.class)
          .hasMessageContaining("pane");
    }
  }

  private static Webhook webhook(@Nullable URI address, String format, String secretFile) {
    return new Webhook(new WebhookConfig(address, false, format, secretFile));
  }

  private String program(String body) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    var file = Files.createFile(directory.resolve("program"), mode);
    return Files.writeString(file, "#!/bin/sh\n" + body + "\n").toString();
  }

  private static String hmac(String body) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private record Post(String body, String signature, String title) {}

  /** An address on this machine that answers as it is told. */
  private static final class Site implements AutoCloseable {
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final ServerSocket server;
    private final CountDownLatch isOver = new CountDownLatch(1);
    private final int status;
    private final boolean trickles;

    Site(int status) throws IOException {
      this(status, false);
    }

    /**
     * @param trickles whether its answers have no end
     */
    Site(int status, boolean trickles) throws IOException {
      this.status = status;
      this.trickles = trickles;
      this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      var _ = Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      while (!server.isClosed()) {
        try (var socket = server.accept()) {
          posts.add(read(new BufferedInputStream(socket.getInputStream())));
          var length = trickles ? 1_000_000 : 0;
          var answer =
              "HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                  .formatted(status, length);
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          for (var i = 0; i < length && !isOver.await(20, TimeUnit.MILLISECONDS); i++) {
            socket.getOutputStream().write('x');
          }
        } catch (IOException _) {
          // The test is over, or its answer is not wanted any more.
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static Post read(InputStream in) throws IOException {
      var headers = new HashMap<String, String>();
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        var colon = line.indexOf(": ");
        if (colon > 0) {
          headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
      }
      var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      return new Post(
          new String(in.readNBytes(length), StandardCharsets.UTF_8),
          headers.getOrDefault("x-atmd-signature", ""),
          headers.getOrDefault("title", ""));
    }

    private static String line(InputStream in) throws IOException {
      var line = new StringBuilder();
      for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line.toString().strip();
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hook");
    }

    @Override
    public void close() throws IOException {
      isOver.countDown();
      server.close();
    }
  }
}

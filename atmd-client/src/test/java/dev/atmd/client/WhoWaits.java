package dev.atmd.client;

import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The example of docs/client.md, which {@code WhoWaitsTest} runs. */
final class WhoWaits {
  private WhoWaits() {}

  // example
  static void watch(Path socket, Consumer<String> waits) throws IOException {
    var board = new SessionBoard();
    try (var client = AtmdClient.connect(socket)) {
      var events = client.subscribe(SubscribeRequest.ALL);
      while (true) {
        board.apply(events.next().message());
        board.sessions().stream()
            .filter(session -> session.status().equals("attention_needed"))
            .forEach(session -> waits.accept(session.idShort() + " " + session.activityDetail()));
      }
    }
  }
  // end
}

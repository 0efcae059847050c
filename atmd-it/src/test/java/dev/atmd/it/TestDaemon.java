package dev.atmd.it;

import java.nio.file.Path;
import java.util.Map;

/** A running daemon, known by its socket only. */
interface TestDaemon extends AutoCloseable {
  Path socket();

  /** A directory of this daemon that it sees under the same name, also from within a container. */
  Path directory();

  @Override
  void close();

  /** A client that has said nothing yet. */
  default TestClient connect() {
    return TestClient.connect(socket());
  }

  /** A client of protocol 1.0 that has been greeted. */
  default TestClient greeted() {
    var client = connect().send(Wire.connect(Unique.name("client")));
    client.expect("connected");
    return client;
  }

  /** A client of protocol 1.1 that has been greeted. */
  default TestClient extended() {
    var client = connect().send(Wire.messageOf(1, "connect", Map.of()));
    client.expect("connected");
    return client;
  }

  /** A client of protocol 1.0 that has had its first list. */
  default TestClient subscribed(String... filters) {
    var client = greeted().send(Wire.subscribe(filters));
    client.expect("session_list");
    return client;
  }
}

package dev.atmd.bench.load;

/** Lines of protocol 1.0. */
public final class Messages {
  public static final String HELLO = line("\"type\":\"connect\"");
  public static final String SUBSCRIBE = line("\"type\":\"subscribe\"");
  public static final String LIST = line("\"type\":\"list_sessions\"");
  public static final String PING = line("\"type\":\"ping\",\"seq\":1");

  private Messages() {}

  /** A line that holds these fields. */
  static String line(String fields) {
    return "{\"protocol_version\":{\"major\":1,\"minor\":0}," + fields + "}\n";
  }
}

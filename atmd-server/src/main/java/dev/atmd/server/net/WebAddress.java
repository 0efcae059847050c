package dev.atmd.server.net;

/** Where the dashboard is. Thread-safe, never blocks. */
public interface WebAddress {
  /** An address that logs in one browser, once and soon. */
  String address();
}

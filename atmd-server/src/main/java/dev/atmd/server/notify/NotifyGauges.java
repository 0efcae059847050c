package dev.atmd.server.notify;

/** What is counted of notifications. Called on any thread. */
public interface NotifyGauges {
  /** A channel has told something, or has been given up. */
  void told(String channel, boolean worked);

  /** There was no room for a change that somebody might have been told of. */
  void noticeDropped();
}

package dev.atmd.client.text;

/** How a session came to its end, in words. */
public enum Ending {
  ENDED("session_ended", "ended", "its harness said so"),
  DIED("process_died", "died", "its process is gone and said nothing"),
  REPLACED("replaced", "replaced", "another conversation began in its process"),
  EXPIRED("expired", "expired", "nothing was heard of it for too long"),
  EVICTED("evicted", "evicted", "it was the most silent one when room was needed"),
  /** Nobody has said, or in a word that only a newer daemon knows. */
  UNKNOWN("", "gone", "it went while nobody looked");

  private final String tag;
  private final String word;
  private final String because;

  Ending(String tag, String word, String because) {
    this.tag = tag;
    this.word = word;
    this.because = because;
  }

  /** What the reason of a removal means. */
  public static Ending of(String tag) {
    for (var ending : values()) {
      if (ending.tag.equals(tag)) {
        return ending;
      }
    }
    return UNKNOWN;
  }

  public String word() {
    return word;
  }

  /** What follows a colon. */
  public String because() {
    return because;
  }
}

package dev.atmd.client.top;

/** Where a session stands for whoever looks at the dashboard, the most urgent first. */
enum Standing {
  WAITING(1, "needs input", '◐', Tone.WAITING),
  /** It rests since a turn ended that nobody has looked at. */
  DONE(2, "done", '◉', Tone.DONE),
  WORKING(3, "working", '●', Tone.WORKING),
  IDLE(4, "idle", '○', Tone.IDLE),
  /** It is over; no session there is stands here. */
  FINISHED(5, "finished", '■', Tone.DIM);

  private final int rank;
  private final String word;
  private final char glyph;
  private final Tone tone;

  Standing(int rank, String word, char glyph, Tone tone) {
    this.rank = rank;
    this.word = word;
    this.glyph = glyph;
    this.tone = tone;
  }

  /** Its place in the list, from 1 on. */
  int rank() {
    return rank;
  }

  String word() {
    return word;
  }

  String glyph() {
    return String.valueOf(glyph);
  }

  Tone tone() {
    return tone;
  }
}

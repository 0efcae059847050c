package dev.atmd.client.top;

/** What a piece of text means to the eye; a {@link Theme} says how that looks. */
enum Tone {
  PLAIN,
  DIM,
  STRONG,
  TITLE,
  ACCENT,
  WAITING,
  DONE,
  WORKING,
  IDLE,
  GOOD,
  FAIR,
  BAD
}

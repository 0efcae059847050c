package dev.atmd.core.session;

/** Lines of code that a session added and removed, unsigned. */
public record LinesChanged(long added, long removed) {
  public static final LinesChanged NONE = new LinesChanged(0, 0);
}

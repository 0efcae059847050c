package dev.atmd.core.session;

/** A process id as the wire allows it: an unsigned 32-bit number that is not zero. */
public record Pid(long value) implements Comparable<Pid> {
  private static final long MAX = 0xFFFF_FFFFL;

  public Pid {
    if (value <= 0 || value > MAX) {
      throw new IllegalArgumentException("pid must be in 1.." + MAX + ": " + value);
    }
  }

  @Override
  public int compareTo(Pid other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

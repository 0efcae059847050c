package dev.atmd.client.top;

import java.util.function.IntUnaryOperator;

/** Which entry is the first in sight. Pure. */
final class Scroll {
  private Scroll() {}

  /**
   * As little as possible away from {@code top}, so that the selected entry is in sight, the head
   * of its group if it is the first there, and no row is left empty without need.
   */
  static int follow(int top, int selected, int count, IntUnaryOperator heights, int room) {
    var first = Math.clamp(top, 0, Math.max(0, count - 1));
    if (selected >= 0 && selected <= first) {
      first = Math.max(0, selected - 1);
    }
    if (selected >= 0) {
      first = Math.max(first, Math.min(selected, firstBefore(selected + 1, heights, room)));
    }
    return Math.min(first, firstBefore(count, heights, room));
  }

  /** The first of the entries that fill the room up to {@code end}. */
  private static int firstBefore(int end, IntUnaryOperator heights, int room) {
    var first = end;
    var left = room;
    while (first > 0 && left >= heights.applyAsInt(first - 1)) {
      first--;
      left -= heights.applyAsInt(first);
    }
    return first;
  }
}

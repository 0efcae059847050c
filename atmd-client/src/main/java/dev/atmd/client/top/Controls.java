package dev.atmd.client.top;

import dev.atmd.client.top.Mode.Browsing;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user has chosen.
 *
 * @param selected the {@linkplain Entry#key key} of what is selected; null for the first
 * @param at where that was when it was last seen
 * @param top the first entry in sight
 * @param flipped groups that are folded, and sessions whose subagents are shown
 * @param notice what was said last; null if nothing
 */
record Controls(
    @Nullable String selected,
    int at,
    int top,
    String filter,
    Grouping grouping,
    Order order,
    Set<String> flipped,
    boolean showsDetail,
    Theme theme,
    Mode mode,
    @Nullable Notice notice) {
  Controls {
    flipped = Set.copyOf(flipped);
  }

  /** What came of something, until the next key. */
  record Notice(String text, boolean isTrouble) {}

  static Controls with(Theme theme) {
    return new Controls(
        null,
        0,
        0,
        "",
        Grouping.STANDING,
        Order.CHANGE,
        Set.of(),
        true,
        theme,
        new Browsing(),
        null);
  }

  Controls selecting(@Nullable String key, int index) {
    return new Controls(
        key, index, top, filter, grouping, order, flipped, showsDetail, theme, mode, notice);
  }

  Controls scrolledTo(int first) {
    return new Controls(
        selected, at, first, filter, grouping, order, flipped, showsDetail, theme, mode, notice);
  }

  Controls filtering(String text) {
    return new Controls(
        selected, at, top, text, grouping, order, flipped, showsDetail, theme, mode, notice);
  }

  Controls grouped(Grouping by, Order sorted) {
    return new Controls(
        selected, at, top, filter, by, sorted, flipped, showsDetail, theme, mode, notice);
  }

  Controls flipping(String key) {
    var changed = new HashSet<>(flipped);
    if (!changed.remove(key)) {
      changed.add(key);
    }
    return new Controls(
        selected, at, top, filter, grouping, order, changed, showsDetail, theme, mode, notice);
  }

  Controls detailed(boolean isShown) {
    return new Controls(
        selected, at, top, filter, grouping, order, flipped, isShown, theme, mode, notice);
  }

  Controls themed(Theme chosen) {
    return new Controls(
        selected, at, top, filter, grouping, order, flipped, showsDetail, chosen, mode, notice);
  }

  Controls in(Mode next) {
    return new Controls(
        selected, at, top, filter, grouping, order, flipped, showsDetail, theme, next, notice);
  }

  Controls saying(@Nullable Notice text) {
    return new Controls(
        selected, at, top, filter, grouping, order, flipped, showsDetail, theme, mode, text);
  }

  Controls refusing(String why) {
    return in(new Browsing()).saying(new Notice(why, true));
  }
}

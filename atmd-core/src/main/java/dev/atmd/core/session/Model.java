package dev.atmd.core.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A language model.
 *
 * @param id as the provider writes it; empty while unknown
 * @param name what people read
 */
public record Model(String id, String name) {
  public static final Model UNKNOWN = new Model("", "Unknown");

  /** Tokens a model's context holds unless the harness says otherwise. */
  public static final long DEFAULT_WINDOW = 200_000;

  /** Display names by prefix of the id; the first hit counts (atm-behaviour §4). */
  private static final List<Known> KNOWN =
      List.of(
          new Known("claude-opus-4-6", "Opus 4.6"),
          new Known("claude-opus-4-5", "Opus 4.5"),
          new Known("claude-sonnet-4-5", "Sonnet 4.5"),
          new Known("claude-sonnet-4", "Sonnet 4"),
          new Known("claude-haiku-4-5", "Haiku 4.5"),
          new Known("claude-3-5-haiku", "Haiku 3.5"),
          new Known("claude-3-5-sonnet", "Sonnet 3.5 v2"));

  private static final int DATE_SUFFIX_LENGTH = 9;

  /** The model with this id; {@code providerName} names it where the table does not. */
  public static Model of(String id, @Nullable String providerName) {
    for (var known : KNOWN) {
      if (id.startsWith(known.prefix)) {
        return new Model(id, known.name);
      }
    }
    if (id.isEmpty()) {
      return UNKNOWN;
    }
    return new Model(id, providerName != null ? providerName : withoutDate(id));
  }

  private static String withoutDate(String id) {
    var cut = id.length() - DATE_SUFFIX_LENGTH;
    if (cut <= 0 || id.charAt(cut) != '-') {
      return id;
    }
    var isDate = id.chars().skip(cut + 1L).allMatch(c -> c >= '0' && c <= '9');
    return isDate ? id.substring(0, cut) : id;
  }

  private record Known(String prefix, String name) {}
}

package dev.atmd.core.session;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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

  /** Display names by id, whatever date follows (atm-behaviour §4). */
  private static final Map<String, String> KNOWN =
      Map.of(
          "claude-opus-4-6", "Opus 4.6",
          "claude-opus-4-5", "Opus 4.5",
          "claude-sonnet-4-5", "Sonnet 4.5",
          "claude-sonnet-4", "Sonnet 4",
          "claude-haiku-4-5", "Haiku 4.5",
          "claude-3-7-sonnet", "Sonnet 3.7",
          "claude-3-5-haiku", "Haiku 3.5",
          "claude-3-5-sonnet", "Sonnet 3.5 v2");

  /** How the provider has named its models since version 4, those to come included. */
  private static final Pattern VERSIONED =
      Pattern.compile("claude-([a-z])([a-z]+)-(\\d{1,2})(?:-(\\d{1,2}))?");

  /** What may follow a name beside a date: the size of the window, the version of a cloud. */
  private static final Pattern SUFFIX = Pattern.compile("(\\[1m]|-latest|[-@]v\\d+(:\\d+)?)$");

  private static final int DATE_SUFFIX_LENGTH = 9;

  /** The model with this id; {@code providerName} names it where the table does not. */
  public static Model of(String id, @Nullable String providerName) {
    if (id.isEmpty()) {
      return UNKNOWN;
    }
    var bare = withoutDate(id);
    var known = KNOWN.get(bare);
    if (known == null && bare.startsWith("claude-")) {
      bare = withoutDate(SUFFIX.matcher(bare).replaceFirst(""));
      known = KNOWN.get(bare);
    }
    if (known != null) {
      return new Model(id, known);
    }
    return new Model(id, providerName != null ? providerName : readable(bare));
  }

  private static String readable(String id) {
    var name = VERSIONED.matcher(id);
    if (!name.matches()) {
      return id;
    }
    var version = name.group(4) == null ? name.group(3) : name.group(3) + "." + name.group(4);
    return name.group(1).toUpperCase(Locale.ROOT) + name.group(2) + " " + version;
  }

  private static String withoutDate(String id) {
    var cut = id.length() - DATE_SUFFIX_LENGTH;
    if (cut <= 0 || id.charAt(cut) != '-') {
      return id;
    }
    var isDate = id.chars().skip(cut + 1L).allMatch(c -> c >= '0' && c <= '9');
    return isDate ? id.substring(0, cut) : id;
  }
}

package dev.atmd.core.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what looks like a key, a token or a password, so that it is neither logged nor kept. Takes
 * time in proportion to the text, whatever the text is: every part of a pattern that may fail after
 * a repetition has a bound. Pure.
 */
public final class Secrets {
  /** Stands where a secret stood. */
  public static final String MASK = "[masked]";

  /** Between the name of a secret and the secret; both may be quoted, in JSON inside of JSON. */
  private static final String IS = "\\\\{0,3}[\"']?\\s{0,8}(?::=|=>|[:=](?![=>]))\\s{0,8}\\\\{0,3}";

  /** Makes words that only begin like a key, such as names of packages, pass. */
  private static final String WITH_DIGIT = "(?=[A-Za-z0-9_-]{0,100}?[0-9])";

  /** What is a secret by its form; the text before the group, if there is one, stays. */
  static final List<Form> FORMS =
      List.of(
          new Form(
              "private key",
              "-----BEGIN [A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----"
                  + "(?:(?!-----END)[\\s\\S])*+(?:-----END[A-Z0-9 ]{0,60}-----)?"),
          new Form("akia", "AKIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
          new Form("asia", "ASIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
          new Form("gh", "gh[opusr]_[A-Za-z0-9]{30,}+"),
          new Form("github_pat_", "github_pat_[A-Za-z0-9_]{22,}+"),
          new Form(
              "gl",
              "gl(?:pat|oas|dt|rt|soat|ptt|ft|imt|agent|cbt)-[A-Za-z0-9_-][A-Za-z0-9_.-]{19,}+"),
          new Form("xox", "xox[abeoprs]-[A-Za-z0-9-]{10,}+"),
          new Form("xapp-", "xapp-[0-9]-[A-Za-z0-9-]{10,}+"),
          new Form("hooks.slack.com", "hooks\\.slack\\.com/services/([A-Za-z0-9/]{20,}+)"),
          new Form("sk-", "(?<![A-Za-z0-9])sk-" + WITH_DIGIT + "[A-Za-z0-9_-]{20,}+"),
          new Form("k_", "(?<![A-Za-z0-9])[srp]k_(?:live|test)_[A-Za-z0-9]{16,}+"),
          new Form("gsk_", "gsk_[A-Za-z0-9]{30,}+"),
          new Form("aiza", "AIza[A-Za-z0-9_-]{35,}+"),
          new Form("ya29.", "ya29\\.[A-Za-z0-9_-]{20,}+"),
          new Form("gocspx-", "GOCSPX-[A-Za-z0-9_-]{20,}+"),
          new Form("npm_", "npm_[A-Za-z0-9]{36,}+"),
          new Form("pypi-", "pypi-AgE[A-Za-z0-9_-]{30,}+"),
          new Form("hf_", "hf_[A-Za-z0-9]{30,}+"),
          new Form("sg.", "SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,}+"),
          new Form("_v1_", "do[opr]_v1_[a-f0-9]{64,}+"),
          new Form("age-secret-key-1", "AGE-SECRET-KEY-1[A-Z0-9]{40,}+"),
          new Form("eyj", "eyJ[A-Za-z0-9_-]{10,}+(?:\\.[A-Za-z0-9_-]++){0,4}+"),
          new Form(
              "authorization",
              "(?i)authorization" + IS + "[\"']?(?:[a-z]{1,16}\\s{1,4})?([^\\s\"'\\\\]{4,}+)"),
          new Form("bearer", "(?i)\\bbearer\\s{1,4}([A-Za-z0-9._~+/=-]{16,}+)"),
          new Form("passw", "(?i)passw(?:or)?d" + IS + value(1)),
          new Form("passphrase", "(?i)passphrase" + IS + value(1)),
          new Form("secret", "(?i)secret" + IS + value(8)),
          new Form("token", "(?i)token" + IS + value(8)),
          new Form("key", "(?i)(?:api|access|private|auth)[_-]?key" + IS + value(8)),
          new Form("cookie", "(?i)cookie" + IS + value(8)),
          new Form(
              "--",
              "(?i)--[a-z-]{0,30}?(?:password|passphrase|secret|token|key)[ \\t]{1,4}"
                  + "([^\\s-]\\S{3,}+)"),
          new Form("://", "://[^/\\s:@\"']{0,256}:([^/\\s@\"']{1,256})@"));

  private static final Needles NEEDLES = new Needles(FORMS);

  private Secrets() {}

  /** All of a quoted value, or a word of {@code least} characters or more. */
  private static String value(int least) {
    var inJsonInsideOfJson = "(?<=\\\\)[\"'][^\"'\\\\\\r\\n]++";
    var quoted = "(?<!\\\\)\"(?:[^\"\\\\\\r\\n]|\\\\.)++|(?<!\\\\)'(?:[^'\\\\\\r\\n]|\\\\.)++";
    var word = "[^\\s\"',;&<>\\\\]{" + least + ",}+";
    return "(" + inJsonInsideOfJson + "|" + quoted + "|" + word + ")";
  }

  /** The same text with {@link #MASK} for every secret; what only identifies something stays. */
  public static String masked(String text) {
    var masked = text;
    for (var form : NEEDLES.in(text)) {
      masked = form.pattern.matcher(masked).replaceAll(Secrets::mask);
    }
    return masked;
  }

  private static String mask(MatchResult found) {
    if (found.groupCount() == 0) {
      return MASK;
    }
    var whole = found.group();
    var secret = found.group(1);
    var quote = Stream.of("\"", "'").filter(secret::startsWith).findFirst().orElse("");
    return Matcher.quoteReplacement(
        whole.substring(0, found.start(1) - found.start())
            + quote
            + MASK
            + whole.substring(found.end(1) - found.start()));
  }

  /** One form of secret; the needle, in small letters, is part of each. */
  record Form(String needle, Pattern pattern) {
    private Form(String needle, String pattern) {
      this(needle, Pattern.compile(pattern));
    }
  }
}

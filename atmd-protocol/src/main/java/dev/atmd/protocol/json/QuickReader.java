package dev.atmd.protocol.json;

import org.jspecify.annotations.Nullable;

/**
 * Reads fields from the bytes of a line while they are plain and of the wanted types; at anything
 * else it gives up, for good, and what it has answered means nothing. Confined to one call of
 * {@link ClientMessageReader}.
 */
final class QuickReader implements FieldReader {
  /** What a line of Claude Code holds, in its order. Other names are read, too, if not as fast. */
  private static final UsualName FIRST =
      UsualName.firstOf(
          "protocol_version",
          "major",
          "minor",
          "type",
          "data",
          "session_id",
          "transcript_path",
          "cwd",
          "model",
          "id",
          "display_name",
          "workspace",
          "current_dir",
          "project_dir",
          "version",
          "output_style",
          "cost",
          "total_cost_usd",
          "total_duration_ms",
          "total_api_duration_ms",
          "total_lines_added",
          "total_lines_removed",
          "context_window",
          "total_input_tokens",
          "total_output_tokens",
          "context_window_size",
          "used_percentage",
          "remaining_percentage",
          "current_usage",
          "input_tokens",
          "output_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "exceeds_200k_tokens",
          "rate_limits",
          "pid",
          "tmux_pane");

  /** Four for each of some hundred sessions that are busy at a time. */
  private static final RecentTexts TEXTS = new RecentTexts(1_024);

  private static final long MAX_U32 = 0xFFFF_FFFFL;

  private final byte[] line;
  private final int end;
  private final ByteScanner scanner;
  private UsualName expected = FIRST;

  /** Where the next byte to be read stands; of a value that has not been read, its first. */
  private int at;

  /** Where the current value begins. */
  private int valueAt;

  /** Of a whole line; its object is the current value. */
  QuickReader(byte[] line, int length) {
    this.line = line;
    this.end = length;
    this.scanner = new ByteScanner(line, length);
    valueBegins(0);
  }

  private void valueBegins(int behindColon) {
    valueAt = scanner.behindSpace(behindColon);
    at = valueAt;
  }

  /** Whether it has read a line to its end without having given up. */
  boolean hasReadAll() {
    return scanner.behindSpace(at) == end && !scanner.hasGivenUp();
  }

  private void giveUp() {
    at = scanner.giveUp();
  }

  @Override
  public @Nullable String problem() {
    return null;
  }

  @Override
  public void missing(String field) {
    giveUp();
  }

  @Override
  public @Nullable String nextField() {
    // An object whose beginning has not been read is one that is entered now.
    var isFirst = at == valueAt;
    var separator = scanner.byteAt(at);
    if (separator == (isFirst ? '{' : ',') && expected.isAt(line, at + 1, end)) {
      return read(expected, at + 1);
    }
    if (separator == '}' && !isFirst) {
      at++;
      return null;
    }
    return nextUnusualField(isFirst);
  }

  private String read(UsualName name, int from) {
    expected = name.next();
    valueBegins(from + name.length());
    return name.text();
  }

  /** The same with white space, and in another order. */
  private @Nullable String nextUnusualField(boolean isFirst) {
    at = scanner.behindSpace(at);
    if (!isFirst && scanner.byteAt(at) == '}') {
      at++;
      return null;
    }
    at = scanner.behindSpace(scanner.behind(isFirst ? '{' : ',', at));
    if (isFirst && scanner.byteAt(at) == '}') {
      at++;
      return null;
    }
    var usual = expected.find(line, at, end);
    if (usual != null) {
      return read(usual, at);
    }
    var name = name();
    valueBegins(scanner.behind(':', scanner.behindSpace(at)));
    return scanner.hasGivenUp() ? null : name;
  }

  @Override
  public boolean isObject() {
    return scanner.byteAt(at) == '{';
  }

  @Override
  public boolean isString() {
    return scanner.byteAt(at) == '"';
  }

  private boolean tookNull() {
    if (scanner.byteAt(at) != 'n') {
      return false;
    }
    at = scanner.behindNull(at);
    return true;
  }

  @Override
  public boolean beginOptionalObject(String want) {
    if (isObject()) {
      return true;
    }
    at = scanner.behindNull(at);
    return false;
  }

  @Override
  public void skip() {
    at = scanner.behindValue(at);
  }

  @Override
  public void skipOptionalString() {
    if (!tookNull()) {
      at = scanner.behindString(at);
    }
  }

  @Override
  public String name() {
    var from = at + 1;
    at = scanner.behindString(at);
    var to = at - 1;
    if (scanner.hasGivenUp() || to - from > PayloadReader.MAX_NAME_CHARS) {
      giveUp();
      return "";
    }
    return TEXTS.text(line, from, to);
  }

  @Override
  public @Nullable String optionalName() {
    return tookNull() ? null : name();
  }

  @Override
  public @Nullable Boolean optionalBoolean() {
    if (tookNull()) {
      return null;
    }
    var isTrue = scanner.byteAt(at) == 't';
    at = scanner.behindBoolean(at);
    return isTrue;
  }

  @Override
  public long count() {
    var from = at;
    at = scanner.behindInteger(from);
    if (scanner.hasGivenUp() || at - from > PlainNumbers.MAX_DIGITS) {
      giveUp();
      return 0;
    }
    return PlainNumbers.integer(line, from, at);
  }

  @Override
  public Long u32() {
    var number = count();
    if (number > MAX_U32) {
      giveUp();
      return 0L;
    }
    return number;
  }

  @Override
  public @Nullable Long optionalU32() {
    return tookNull() ? null : u32();
  }

  @Override
  public Double number() {
    var from = at;
    var whole = count();
    if (scanner.byteAt(at) != '.') {
      return (double) whole;
    }
    var point = at;
    at = scanner.behindNumber(from);
    return scanner.hasGivenUp() ? 0.0 : PlainNumbers.decimal(line, from, point, at);
  }

  @Override
  public @Nullable Double optionalNumber() {
    return tookNull() ? null : number();
  }
}

package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one payload. One of the wrong type is remembered as the problem, in the words
 * of atm-protocol §8.2, and read past, so that the line around it stays whole. Confined to one call
 * of the reader.
 */
public final class PayloadReader implements FieldReader {
  private static final BigInteger MAX_U64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final long MAX_U32 = 0xFFFF_FFFFL;

  /** As long as the longest path a system opens; names are shorter. */
  static final int MAX_NAME_CHARS = 4_096;

  /** Integers of no more digits are surely in the range of a double. */
  private static final int LONGEST_FINITE = 308;

  private final JsonParser parser;
  private @Nullable String problem;

  PayloadReader(JsonParser parser) {
    this.parser = parser;
  }

  @Override
  public @Nullable String problem() {
    return problem;
  }

  @Override
  public void missing(String field) {
    fail("missing field `" + field + "`");
  }

  /** Whether the current value is an object; if not it is noted and skipped. */
  public boolean beginObject(String want) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    mismatch(want);
    return false;
  }

  @Override
  public boolean beginOptionalObject(String want) throws IOException {
    return parser.currentToken() != JsonToken.VALUE_NULL && beginObject(want);
  }

  /** Like {@link #beginOptionalObject} for an array. */
  public boolean beginOptionalArray(String want) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return true;
    }
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      mismatch(want);
    }
    return false;
  }

  @Override
  public @Nullable String nextField() throws IOException {
    var name = parser.nextFieldName();
    if (name != null) {
      var _ = parser.nextToken();
    }
    return name;
  }

  /** Moves to the next element; false at the end of the array. */
  public boolean nextElement() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  @Override
  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /** Whether the current value is an array, whatever else is allowed in its place. */
  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  @Override
  public boolean isString() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  public boolean isBoolean() {
    return parser.currentToken().isBoolean();
  }

  public boolean isTrue() {
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  @Override
  public void skip() throws IOException {
    skipValue(parser);
  }

  @Override
  public void skipOptionalString() throws IOException {
    var _ = optionalString();
  }

  /** A string; null where absent is allowed and said. */
  public @Nullable String optionalString() throws IOException {
    return isNull() ? null : string();
  }

  /** A string; null only after a problem. */
  public @Nullable String string() throws IOException {
    if (isString()) {
      return parser.getText();
    }
    mismatch("a string");
    return null;
  }

  @Override
  public @Nullable String optionalName() throws IOException {
    return isNull() ? null : name();
  }

  @Override
  public @Nullable String name() throws IOException {
    var text = string();
    if (text == null || text.length() <= MAX_NAME_CHARS) {
      return text;
    }
    fail(
        "invalid length " + text.length() + ", expected at most " + MAX_NAME_CHARS + " characters");
    return null;
  }

  @Override
  public @Nullable Boolean optionalBoolean() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> {
        mismatch("a boolean");
        yield null;
      }
    };
  }

  @Override
  public @Nullable Long optionalU32() throws IOException {
    return isNull() ? null : u32();
  }

  @Override
  public @Nullable Long u32() throws IOException {
    var number = u64("u32");
    if (number == null || Long.compareUnsigned(number, MAX_U32) <= 0) {
      return number;
    }
    outOfRange(Long.toUnsignedString(number), "u32");
    return null;
  }

  @Override
  public long count() throws IOException {
    var number = u64();
    return number == null ? 0 : number;
  }

  /** A 64-bit number whose bits are unsigned; null only after a problem. */
  public @Nullable Long u64() throws IOException {
    return u64("u64");
  }

  @Override
  public @Nullable Double optionalNumber() throws IOException {
    return isNull() ? null : number();
  }

  @Override
  public @Nullable Double number() throws IOException {
    if (parser.currentToken().isNumeric()) {
      return finite(parser);
    }
    mismatch("f64");
    return null;
  }

  /** A number where one stands; anything else is skipped and is no problem. */
  public @Nullable Double numberIfAny() throws IOException {
    if (parser.currentToken().isNumeric()) {
      return finite(parser);
    }
    skip();
    return null;
  }

  /** A count where one stands; anything else is skipped and is no problem. */
  public @Nullable Long countIfAny() throws IOException {
    var isCount =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
            && parser.getLongValue() >= 0;
    if (isCount) {
      return parser.getLongValue();
    }
    skip();
    return null;
  }

  /** Notes that an array stands where an object of that many fields is wanted. */
  public void wrongLength(String want) throws IOException {
    var length = 0;
    while (nextElement()) {
      skip();
      length++;
    }
    fail("invalid length " + length + ", expected " + want);
  }

  private @Nullable Long u64(String want) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      mismatch(want);
      return null;
    }
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      var number = parser.getLongValue();
      if (number < 0) {
        outOfRange(Long.toString(number), want);
        return null;
      }
      if (isNegativeZero()) {
        mismatch(want);
        return null;
      }
      return number;
    }
    // Only a number of about this size may be turned into a BigInteger: the cost is quadratic.
    if (parser.getTextLength() <= 20) {
      var number = parser.getBigIntegerValue();
      if (number.signum() > 0 && number.compareTo(MAX_U64) <= 0) {
        return number.longValue();
      }
    }
    mismatch(want);
    return null;
  }

  /** Which is no integer: only a double has it. */
  private boolean isNegativeZero() throws IOException {
    return parser.getTextLength() == 2 && parser.getLongValue() == 0;
  }

  private void outOfRange(String number, String want) {
    fail("invalid value: integer `" + number + "`, expected " + want);
  }

  private void mismatch(String want) throws IOException {
    fail("invalid type: " + seen() + ", expected " + want);
    skip();
  }

  private void fail(String message) {
    if (problem == null) {
      problem = message;
    }
  }

  private String seen() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> "null";
      case VALUE_TRUE -> "boolean `true`";
      case VALUE_FALSE -> "boolean `false`";
      case VALUE_NUMBER_INT -> {
        var isBig = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
        if (isBig) {
          yield "floating point `" + WireNumbers.text(finite(parser)) + "`";
        }
        yield isNegativeZero() ? "floating point `-0.0`" : "integer `" + parser.getText() + "`";
      }
      case VALUE_NUMBER_FLOAT -> "floating point `" + WireNumbers.text(finite(parser)) + "`";
      case VALUE_STRING -> "string \"" + shortened(parser.getText()) + "\"";
      case START_ARRAY -> "sequence";
      default -> "map";
    };
  }

  /** An error repeats what was seen, but not a megabyte of it. */
  private static String shortened(String text) {
    return text.length() <= 64
        ? text
        : text.codePoints()
                .limit(64)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            + "…";
  }

  static void skipValue(JsonParser parser) throws IOException {
    var depth = 0;
    var token = parser.currentToken();
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT
          || (token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() > LONGEST_FINITE)) {
        var _ = finite(parser);
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
      if (token == null) {
        throw new JsonParseException(parser, "unexpected end of input");
      }
    }
  }

  private static double finite(JsonParser parser) throws IOException {
    var number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new JsonParseException(parser, "number out of range");
    }
    return number;
  }
}

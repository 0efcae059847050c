package dev.atmd.protocol.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object, strictly typed. Each method consumes the current value whole.
 * Confined to one call of the reader.
 */
public sealed interface FieldReader permits PayloadReader, QuickReader {

  /** What is wrong with what was read: the first thing found; null if nothing is. */
  @Nullable String problem();

  /** Notes that a field is not there although it must be. */
  void missing(String field);

  /** Moves to the value of the next field and answers its name; null at the end of the object. */
  @Nullable String nextField() throws IOException;

  /** Whether the current value is an object, whatever else is allowed in its place. */
  boolean isObject();

  boolean isString();

  /** Whether the current value is an object; null stands for an absent one. */
  boolean beginOptionalObject(String want) throws IOException;

  /** Reads past the current value, whatever it is. */
  void skip() throws IOException;

  /** Reads past a string, or null. */
  void skipOptionalString() throws IOException;

  /** A string for what a session keeps: at most a few thousand characters; null if it is none. */
  @Nullable String name() throws IOException;

  /** Like {@link #name}; null where absent is allowed and said, too. */
  @Nullable String optionalName() throws IOException;

  /** True or false; null where absent is said. */
  @Nullable Boolean optionalBoolean() throws IOException;

  /** A 32-bit number; null only after a problem. */
  @Nullable Long u32() throws IOException;

  /** A 32-bit number; null where absent is said. */
  @Nullable Long optionalU32() throws IOException;

  /** A 64-bit number whose bits are unsigned; zero after a problem. */
  long count() throws IOException;

  /** Any number; null only after a problem. */
  @Nullable Double number() throws IOException;

  /** Any number; null where absent is said. */
  @Nullable Double optionalNumber() throws IOException;
}

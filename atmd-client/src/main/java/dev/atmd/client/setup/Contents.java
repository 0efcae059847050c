package dev.atmd.client.setup;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a file at a moment, or that there was none. Immutable. */
final class Contents {
  static final Contents ABSENT = new Contents(false, new byte[0]);

  private static final String MARK = "\uFEFF";

  private final boolean exists;
  private final byte[] bytes;

  private Contents(boolean exists, byte[] bytes) {
    this.exists = exists;
    this.bytes = bytes;
  }

  static Contents of(byte[] bytes) {
    return new Contents(true, bytes.clone());
  }

  boolean exists() {
    return exists;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The text without its byte order mark. */
  String text() throws SetupException {
    var text = decoded();
    return text.startsWith(MARK) ? text.substring(1) : text;
  }

  /** Other text in the same encoding, with the byte order mark that stands here. */
  Contents with(String text) throws SetupException {
    var mark = decoded().startsWith(MARK) ? MARK : "";
    return of((mark + text).getBytes(StandardCharsets.UTF_8));
  }

  private String decoded() throws SetupException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new SetupException("is not UTF-8 text");
    }
  }

  /** A name for these bytes. */
  String digest() {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return exists ? HexFormat.of().formatHex(digest) : "absent";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Contents contents
        && exists == contents.exists
        && Arrays.equals(bytes, contents.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return exists ? bytes.length + " bytes" : "no file";
  }
}

package dev.atmd.protocol.adapter;

import org.jspecify.annotations.Nullable;

/** Names of tools as they are compared and shown. */
final class Tools {
  private Tools() {}

  /** Without the white space around it; never null, so that white space alone is an empty name. */
  static String trimmed(@Nullable String tool) {
    return tool == null ? "" : tool.strip();
  }
}

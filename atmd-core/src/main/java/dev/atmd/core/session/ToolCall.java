package dev.atmd.core.session;

import org.jspecify.annotations.Nullable;

/**
 * One use of a tool.
 *
 * @param tool its name in the words of the harness
 * @param id what the harness calls this use of it; null where it does not
 * @param target what it is used on: a command, a file, an address; null where that is not known
 */
public record ToolCall(String tool, @Nullable String id, @Nullable String target) {
  /** Dozens of ids are remembered for each agent; a longer one is none. */
  private static final int MAX_ID_CHARS = 256;

  public ToolCall {
    id = id == null || id.length() > MAX_ID_CHARS ? null : id;
  }

  public static ToolCall of(String tool) {
    return new ToolCall(tool, null, null);
  }

  /** How much text it holds. */
  public int chars() {
    return tool.length() + (id == null ? 0 : id.length()) + (target == null ? 0 : target.length());
  }

  /**
   * Whether both may be the same use. The id decides where both have one; a name without an id is
   * taken at its word unless the targets differ.
   */
  boolean matches(ToolCall other) {
    if (id != null && other.id != null) {
      return id.equals(other.id);
    }
    return tool.equals(other.tool)
        && (target == null || other.target == null || target.equals(other.target));
  }
}

package dev.atmd.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions that one session was started by and has started. */
public record Links(@Nullable SessionId parent, List<SessionId> children) {
  public static final Links NONE = new Links(null, List.of());

  public Links {
    children = List.copyOf(children);
  }

  public Links withParent(@Nullable SessionId parent) {
    return new Links(parent, children);
  }

  public Links withChild(SessionId child) {
    var all = new ArrayList<>(children);
    all.add(child);
    return new Links(parent, all);
  }

  public Links withoutChild(SessionId child) {
    return new Links(parent, children.stream().filter(other -> !other.equals(child)).toList());
  }

  public Links withChildRenamed(SessionId old, SessionId renamed) {
    return new Links(
        parent, children.stream().map(child -> child.equals(old) ? renamed : child).toList());
  }
}

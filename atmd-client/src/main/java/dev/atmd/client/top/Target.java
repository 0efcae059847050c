package dev.atmd.client.top;

import org.jspecify.annotations.Nullable;

/**
 * The session that something is done to: the one that its user talks to, never a subagent.
 *
 * @param pane where it was seen; null if in none
 * @param pid its process; null if not known
 */
record Target(String id, String name, @Nullable PaneId pane, @Nullable Long pid) {
  static Target of(Agent agent) {
    var view = agent.view();
    return new Target(
        agent.id(),
        agent.name(),
        PaneId.of(view.tmuxPane()).orElse(null),
        view.plain() == null ? null : view.plain().pid());
  }
}

package dev.atmd.core.session;

import java.util.Locale;

/** The role of an agent, by the tag the wire uses for it. */
public record AgentType(String tag) {
  public static final AgentType MAIN = new AgentType("main");
  private static final AgentType EXPLORE = new AgentType("explore");
  private static final AgentType PLAN = new AgentType("plan");
  private static final AgentType REVIEW = new AgentType("review");
  private static final AgentType SEARCH = new AgentType("search");

  /** The type for a role word as a harness writes it; an unknown word is kept as it is. */
  public static AgentType ofRole(String role) {
    return switch (role.toLowerCase(Locale.ROOT)) {
      case "general-purpose", "general_purpose" -> MAIN;
      case "explore", "explorer" -> EXPLORE;
      case "plan", "planner" -> PLAN;
      case "code-reviewer", "code_reviewer", "codereview" -> REVIEW;
      case "file-search", "file_search", "filesearch" -> SEARCH;
      default -> new AgentType(role);
    };
  }
}

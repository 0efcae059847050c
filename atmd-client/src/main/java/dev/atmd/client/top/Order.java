package dev.atmd.client.top;

import java.util.Comparator;

/** What comes first within a group. Ids decide between equals, so that nothing jumps. */
enum Order {
  /** Who has waited longest; of the others who changed last. */
  CHANGE("latest change") {
    @Override
    Comparator<Agent> comparator() {
      return Comparator.comparing((Agent agent) -> agent.standing() != Standing.WAITING)
          .thenComparingLong(agent ->
              agent.standing() == Standing.WAITING
                  ? agent.since().toEpochMilli()
                  : -agent.since().toEpochMilli());
    }
  },
  NAME("name") {
    @Override
    Comparator<Agent> comparator() {
      return Comparator.comparing(Agent::name, String.CASE_INSENSITIVE_ORDER);
    }
  },
  COST("cost") {
    @Override
    Comparator<Agent> comparator() {
      return Comparator.comparingDouble((Agent agent) -> agent.view().costUsd()).reversed();
    }
  },
  CONTEXT("context") {
    @Override
    Comparator<Agent> comparator() {
      return Comparator.comparingDouble((Agent agent) -> agent.view().contextPercentage())
          .reversed();
    }
  };

  private final String word;

  Order(String word) {
    this.word = word;
  }

  abstract Comparator<Agent> comparator();

  /** {@link #comparator()}, and the id between equals. */
  Comparator<Agent> total() {
    return comparator().thenComparing(Agent::id);
  }

  String word() {
    return word;
  }

  Order next() {
    return switch (this) {
      case CHANGE -> NAME;
      case NAME -> COST;
      case COST -> CONTEXT;
      case CONTEXT -> CHANGE;
    };
  }
}

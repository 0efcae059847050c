package dev.atmd.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What one or more agents do, step by step, and what the daemon must say of them after each step.
 * Read from a file of its own by {@link ScenarioReader}, which describes the format.
 */
record Scenario(String name, String description, List<Step> steps) {
  Scenario {
    steps = List.copyOf(steps);
  }

  @Override
  public String toString() {
    return name;
  }

  /** One thing that happens, and what is true after it. */
  sealed interface Step {
    /** Where it stands in its file. */
    int line();

    List<Expectation> expectations();
  }

  /** A payload comes as this harness gives it; the options are what its sender knows besides. */
  record Send(
      int line,
      String harness,
      Map<String, String> options,
      ObjectNode payload,
      List<Expectation> expectations)
      implements Step {
    Send {
      options = Map.copyOf(options);
      expectations = List.copyOf(expectations);
    }

    @Override
    public String toString() {
      return "send " + harness + " " + options + " " + payload;
    }
  }

  /** A real process starts, which has this name from now on. */
  record Start(int line, String process, List<Expectation> expectations) implements Step {
    Start {
      expectations = List.copyOf(expectations);
    }

    @Override
    public String toString() {
      return "start " + process;
    }
  }

  /** A process that was started is killed. */
  record Kill(int line, String process, List<Expectation> expectations) implements Step {
    Kill {
      expectations = List.copyOf(expectations);
    }

    @Override
    public String toString() {
      return "kill " + process;
    }
  }
}

package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names in one scenario stand for in one run of it: ids and pids that nothing else uses,
 * real processes, times. Confined to one thread.
 */
final class Cast implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("\"(\\$\\{(?:ms|sec):\\d+})\"");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:(ms|sec|iso):)?([\\w.-]+)}");

  private final String token = Unique.name("x");
  private final Map<String, Long> pids = new HashMap<>();
  private final Map<String, Process> processes = new HashMap<>();

  /** Shortly ago, so that no time in a scenario lies in the future. */
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(300);

  /** The id that this name stands for. */
  String id(String name) {
    return name + "-" + token;
  }

  /** The pid of the process with this name, or one that no process has. */
  long pid(String name) {
    return pids.computeIfAbsent(name, _ -> Unique.pid());
  }

  /** So many seconds after the begin of the scenario. */
  Instant time(String seconds) {
    return begin.plusSeconds(Long.parseLong(seconds));
  }

  void start(String name) {
    try {
      var process = new ProcessBuilder("cat").start();
      processes.put(name, process);
      pids.put(name, process.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill(String name) {
    var process = processes.get(name);
    if (process == null) {
      throw new AssertionError("no process " + name + " was started");
    }
    process.destroyForcibly();
    Waiting.until("the process " + name + " is gone", () -> !process.isAlive());
  }

  /** A JSON text with ids and times in the place of {@code ${name}} and {@code ${iso:5}}. */
  String filledIn(String text) {
    return VARIABLE
        .matcher(NUMBER.matcher(text).replaceAll("$1"))
        .replaceAll(variable -> {
          var name = variable.group(2);
          var value =
              switch (variable.group(1)) {
                case "ms" -> String.valueOf(time(name).toEpochMilli());
                case "sec" -> String.valueOf(time(name).getEpochSecond());
                case "iso" -> time(name).toString();
                case null, default -> id(name);
              };
          return Matcher.quoteReplacement(value);
        });
  }

  /** Those sessions of a list that belong to this run. */
  List<JsonNode> own(List<JsonNode> sessions) {
    return sessions.stream()
        .filter(session ->
            session.path("id").asText().contains(token)
                || pids.containsValue(session.path("pid").asLong()))
        .toList();
  }

  /**
   * Whom a name means: {@code s} the session with that id, {@code s+a1} the subagent a1 below it,
   * {@code @p} the session of the process p.
   */
  Optional<JsonNode> find(String who, List<JsonNode> own) {
    var plus = who.indexOf('+');
    if (who.startsWith("@")) {
      var pid = pid(who.substring(1));
      return own.stream().filter(session -> session.path("pid").asLong() == pid).findFirst();
    }
    if (plus < 0) {
      return own.stream()
          .filter(session -> session.path("id").asText().equals(id(who)))
          .findFirst();
    }
    var parent = id(who.substring(0, plus));
    var agent = who.substring(plus + 1);
    return own.stream()
        .filter(session -> {
          var id = session.path("id").asText();
          return !id.equals(parent) && id.contains(parent) && id.contains(agent);
        })
        .min(Comparator.comparingInt(session -> session.path("id").asText().length()));
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
  }
}

package dev.atmd.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads one scenario. The first line says what it shows; then come the steps:
 *
 * <pre>
 * common {…}                              these fields are in every payload that follows
 * send {…}                                this payload comes, as the harness gives it
 * send harness=codex pid=p at=5 {…}       … and its sender knows these things besides
 * start p                                 a real process starts, called p from now on
 * kill p                                  it is killed
 *   s: idle                               after the step, the session with the id ${s} is idle
 *   s: idle|attention_needed(limit)       … or waits because of a limit
 *   s+a1: gone|idle parent=s              its subagent a1 is gone, or idle and linked to it
 *   {@literal @}p: working detail~Bash              the session of the process p uses Bash
 *   sessions: 1|2                         so many sessions has this scenario
 * </pre>
 *
 * <p>In payloads {@code "${s}"} is an id that no other run uses; {@code "${iso:5}"}, {@code
 * "${ms:5}"} and {@code "${sec:5}"} are the time five seconds after the begin, as a text or a
 * number since 1970. Options of {@code send} are {@code harness} (else that of the directory),
 * {@code pid} (else one that the whole scenario shares; {@code none} is none), {@code at}, {@code
 * id} and {@code event}. The fields of a session are those of {@link Expectation.Field}; {@code ~}
 * is "contains", {@code none} is "has none". A payload may go on in lines that begin with four
 * blanks or more.
 */
final class ScenarioReader {
  private static final Set<String> OPTIONS = Set.of("harness", "pid", "at", "id", "event");
  private static final String STATUS = "gone|idle|working|attention_needed(\\([a-z]+\\))?";
  private static final Pattern EXPECTED =
      Pattern.compile("([@\\w.+-]+): ((?:" + STATUS + ")(?:\\|(?:" + STATUS + "))*)(?: (.*))?");
  private static final Pattern COUNTED = Pattern.compile("sessions: (\\d+(?:\\|\\d+)*)");
  private static final Pattern FIELD = Pattern.compile("(\\w+)([=~])(\"[^\"]*\"|\\S+)(?: +|$)");

  private final String name;
  private final String harness;
  private final List<Scenario.Step> steps = new ArrayList<>();
  private ObjectNode common = Wire.JSON.createObjectNode();

  private ScenarioReader(String name, String harness) {
    this.name = name;
    this.harness = harness;
  }

  /** The scenario in this text; its name begins with that of its harness and a slash. */
  static Scenario read(String name, String text) {
    return new ScenarioReader(name, name.substring(0, name.indexOf('/'))).read(text);
  }

  private Scenario read(String text) {
    var lines = text.lines().toList();
    var description = lines.isEmpty() ? "" : lines.getFirst();
    require(description.matches("[A-Z].*\\."), 1, "the first line is no sentence");
    for (var at = 1; at < lines.size(); ) {
      var end = endOfStep(lines, at);
      if (!lines.get(at).isBlank()) {
        step(at + 1, lines.subList(at, end));
      }
      at = end;
    }
    require(steps.stream().anyMatch(Scenario.Send.class::isInstance), 1, "nothing is sent");
    return new Scenario(name, description, steps);
  }

  private static int endOfStep(List<String> lines, int at) {
    var end = at + 1;
    while (end < lines.size() && lines.get(end).startsWith(" ")) {
      end++;
    }
    return end;
  }

  private void step(int line, List<String> lines) {
    var said =
        lines.getFirst()
            + lines.stream().skip(1).filter(ScenarioReader::goesOn).collect(Collectors.joining());
    var expectations =
        lines.stream()
            .skip(1)
            .filter(more -> !goesOn(more))
            .map(more -> expectation(line, more.strip()))
            .toList();
    var words = said.split(" ", 2);
    require(words.length == 2, line, "a step is a word and what it is about");
    switch (words[0]) {
      case "common" -> common = json(line, words[1]);
      case "start" -> steps.add(new Scenario.Start(line, words[1], expectations));
      case "kill" -> steps.add(new Scenario.Kill(line, words[1], required(line, expectations)));
      case "send" -> steps.add(send(line, words[1], required(line, expectations)));
      default -> throw malformed(line, "unknown step: " + words[0]);
    }
  }

  private static boolean goesOn(String line) {
    return line.startsWith("    ");
  }

  private List<Expectation> required(int line, List<Expectation> expectations) {
    require(!expectations.isEmpty(), line, "nothing is expected after this step");
    return expectations;
  }

  private Scenario.Send send(int line, String said, List<Expectation> expectations) {
    var brace = said.indexOf('{');
    require(brace >= 0, line, "no payload");
    var sender = harness;
    var options = new HashMap<String, String>();
    for (var option : said.substring(0, brace).split(" ", -1)) {
      var parts = option.split("=", 2);
      if (!option.isEmpty()) {
        require(parts.length == 2 && OPTIONS.contains(parts[0]), line, "unknown option: " + option);
        if (parts[0].equals("harness")) {
          sender = parts[1];
        } else {
          options.put(parts[0], parts[1]);
        }
      }
    }
    var payload = common.deepCopy();
    payload.setAll(json(line, said.substring(brace)));
    return new Scenario.Send(line, sender, options, payload, expectations);
  }

  private ObjectNode json(int line, String text) {
    try {
      if (Wire.JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw malformed(line, e.getOriginalMessage());
    }
    throw malformed(line, "not an object: " + text);
  }

  private Expectation expectation(int line, String text) {
    var counted = COUNTED.matcher(text);
    if (counted.matches()) {
      return new Expectation.Count(
          Arrays.stream(counted.group(1).split("\\|"))
              .map(Integer::valueOf)
              .collect(Collectors.toSet()));
    }
    var expected = EXPECTED.matcher(text);
    require(expected.matches(), line, "not an expectation: " + text);
    var fields = expected.group(5);
    return new Expectation.State(
        expected.group(1),
        List.of(expected.group(2).split("\\|")),
        fields == null ? List.of() : fields(line, fields));
  }

  private List<Expectation.Field> fields(int line, String text) {
    var fields = new ArrayList<Expectation.Field>();
    var field = FIELD.matcher(text);
    var end = 0;
    while (field.find() && field.start() == end) {
      require(
          Expectation.Field.WIRE_NAMES.containsKey(field.group(1)),
          line,
          "unknown field: " + field.group(1));
      var value = field.group(3).replaceAll("^\"|\"$", "");
      fields.add(new Expectation.Field(field.group(1), field.group(2).equals("~"), value));
      end = field.end();
    }
    require(end == text.length(), line, "not a list of fields: " + text);
    return fields;
  }

  private void require(boolean holds, int line, String otherwise) {
    if (!holds) {
      throw malformed(line, otherwise);
    }
  }

  private IllegalArgumentException malformed(int line, String what) {
    return new IllegalArgumentException(name + ", line " + line + ": " + what);
  }
}

package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations as they were recorded, byte for byte:
 *
 * <pre>
 * C> …       client C says this; other clients have other letters
 * D> …       the daemon says this to C, {@code D>W} to W
 * </pre>
 *
 * <p>{@code ${…}} stands for what the test chooses, {@code <…>} for what the daemon does. After
 * each line of a client the daemon has said all it has to say: the test makes sure of that. With
 * {@code -Dconversations.write=true} what is said now becomes the record, to be reviewed.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#all")
final class ConversationTest {
  private static final Pattern SPOKEN = Pattern.compile("([A-CE-Z])>(?: (.*))?");
  private static final Pattern TIME =
      Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.(\\d{3}){1,3})?\\+00:00\"");
  private static final Pattern POSITION =
      Pattern.compile("\"seq\":\\d+,\"epoch\":\"[0-9a-f-]{36}\"");
  private static final Pattern AGE = Pattern.compile("\"\\d+s ago\"");
  private static final Pattern GIVEN_ID = Pattern.compile("\"client-\\d+\"");

  private static final Path SOURCES = Path.of("atmd-it/src/test/resources/conversations");

  private final Way way;

  ConversationTest(Way way) {
    this.way = way;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"transcript", "hooks", "pi", "agent-event", "errors", "subscriptions", "renames"})
  void saysWhatWasRecorded(String name) throws IOException {
    var recorded = read(name);
    try (var daemon = way.start()) {
      var played = play(recorded.lines().toList(), daemon);
      if (Boolean.getBoolean("conversations.write")) {
        Files.writeString(Checkout.root().resolve(SOURCES).resolve(name + ".txt"), played);
        return;
      }

      assertThat(played).isEqualTo(recorded);
    }
  }

  private static String read(String name) throws IOException {
    try (var in = ConversationTest.class.getResourceAsStream("/conversations/" + name + ".txt")) {
      assertThat(in).as("the conversation " + name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Says what the clients said; answers the conversation that comes of it. */
  private static String play(List<String> recorded, TestDaemon daemon) throws IOException {
    var chosen = chosen(daemon);
    var clients = new LinkedHashMap<String, TestClient>();
    var played = new ArrayList<String>();
    for (var line : recorded) {
      var spoken = SPOKEN.matcher(line);
      if (spoken.matches()) {
        played.add(line);
        var speaker = clients.computeIfAbsent(spoken.group(1), _ -> daemon.connect());
        speaker.send(filledIn(spoken.group(2) == null ? "" : spoken.group(2), chosen));
        played.addAll(answers(clients, spoken.group(1), chosen));
      } else if (line.startsWith("#")) {
        played.add(line);
      }
    }
    clients.values().forEach(TestClient::close);
    return String.join("\n", played) + "\n";
  }

  private static Map<String, String> chosen(TestDaemon daemon) throws IOException {
    var repository = daemon.directory().resolve("a-directory-with-a-long-name").resolve("shop");
    Files.createDirectories(repository.resolve(".git"));
    Files.writeString(repository.resolve(".git").resolve("HEAD"), "ref: refs/heads/main\n");
    var id = UUID.randomUUID().toString();
    var path = repository.toString();
    var chosen = new LinkedHashMap<String, String>();
    chosen.put("${id}", id);
    chosen.put("${id8}", id.substring(0, 8));
    chosen.put("${repository}", path);
    chosen.put("${pid}", String.valueOf(Unique.pid()));
    chosen.put("${pid2}", String.valueOf(Unique.pid()));
    return chosen;
  }

  private static String filledIn(String text, Map<String, String> chosen) {
    var filled = text;
    for (var choice : chosen.entrySet()) {
      filled = filled.replace(choice.getKey(), choice.getValue());
    }
    return filled;
  }

  /** What the daemon says to whom until it has nothing more to say, the speaker first. */
  private static List<String> answers(
      Map<String, TestClient> clients, String speaker, Map<String, String> chosen) {
    var answers = new ArrayList<String>();
    clients.forEach((name, client) -> {
      if (name.equals(speaker)) {
        answers.addAll(answers(name, client, chosen));
      }
    });
    clients.forEach((name, client) -> {
      if (!name.equals(speaker) && !client.hasEnded()) {
        answers.addAll(answers(name, client, chosen));
      }
    });
    return answers;
  }

  private static List<String> answers(String name, TestClient client, Map<String, String> chosen) {
    var prefix = name.equals("C") ? "D> " : "D>" + name + " ";
    var answers = new ArrayList<String>();
    for (var line : client.linesUntilPong()) {
      answers.add(prefix + masked(line, chosen));
    }
    if (client.hasEnded()) {
      answers.add(prefix + "(end)");
    }
    return answers;
  }

  private static String masked(String line, Map<String, String> chosen) {
    var masked = line;
    for (var choice : chosen.entrySet()) {
      masked = masked.replace(choice.getValue(), choice.getKey());
    }
    masked = TIME.matcher(masked).replaceAll("\"<time>\"");
    masked = POSITION.matcher(masked).replaceAll("\"seq\":<seq>,\"epoch\":\"<epoch>\"");
    masked = GIVEN_ID.matcher(masked).replaceAll("\"client-<n>\"");
    return AGE.matcher(masked).replaceAll("\"<age>\"");
  }
}

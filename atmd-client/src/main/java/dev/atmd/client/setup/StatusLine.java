package dev.atmd.client.setup;

import dev.atmd.client.setup.JsonNode.Text;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status line of a JSON file. The user's own goes on: ours calls it and draws what it draws.
 *
 * @param harness the word that the sender is told
 * @param beside what else a status line of ours has where there was none
 * @param hasTrailingCommas whether the format has commas with nothing after them
 */
record StatusLine(String harness, Map<String, Object> beside, boolean hasTrailingCommas)
    implements Part {
  private static final String NAME = "statusLine";
  private static final String COMMAND = "command";
  private static final List<String> PLACE = List.of(NAME, COMMAND);

  @Override
  public Presence presence(String text, Sender sender) throws IOException {
    if (!(document(text).at(PLACE) instanceof Text(_, _, var command))
        || !Sender.isStatusLine(command)) {
      return Presence.MISSING;
    }
    var current = sender.statusLine(harness, Sender.wrapped(command));
    return command.equals(current) ? Presence.CURRENT : Presence.OUTDATED;
  }

  @Override
  public String add(String text, Sender sender) throws IOException {
    var document = document(text);
    var line = document.at(List.of(NAME));
    if (line == null) {
      var value = new LinkedHashMap<String, Object>();
      value.put("type", COMMAND);
      value.put(COMMAND, sender.statusLine(harness, null));
      value.putAll(beside);
      return document.put(List.of(NAME), value).text();
    }
    if (!(document.at(PLACE) instanceof Text command)) {
      throw JsonSyntaxException.at(
          text, line.start(), "`" + NAME + "` has no command that could be kept");
    }
    var wrapping = sender.statusLine(harness, command.value());
    return document.replace(command, JsonStyle.quoted(wrapping)).text();
  }

  @Override
  public String remove(String text, String original) throws IOException {
    var document = document(text);
    if (!(document.at(PLACE) instanceof Text command) || !Sender.isStatusLine(command.value())) {
      return text;
    }
    var wrapped = Sender.wrapped(command.value());
    if (wrapped != null) {
      return document.replace(command, asItWas(wrapped, original)).text();
    }
    return document.removeMember(NAME).text();
  }

  /** The command with the escapes that the user had chosen. */
  private String asItWas(String command, String original) throws JsonSyntaxException {
    @Nullable JsonDocument before = original.isBlank() ? null : document(original);
    if (before != null && before.at(PLACE) instanceof Text text && text.value().equals(command)) {
      return before.written(text);
    }
    return JsonStyle.quoted(command);
  }

  @Override
  public boolean isNothing(String text) throws IOException {
    return document(text).root().items().isEmpty();
  }

  private JsonDocument document(String text) throws JsonSyntaxException {
    return JsonDocument.of(text, hasTrailingCommas);
  }
}

package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way in takes what is usual, leaves the rest, and never says anything else. */
class QuickStatusLineTest {
  static final List<String> SAMPLES = StatusLineSamples.ALL;

  /** Of every type, at every bound. */
  static final List<String> VALUES =
      words(
          """
          null true false tru nul 0 -0 1 -1 01 1. .5 0.1 1.0 -1.5 1e5 1E-7 +1 - NaN 1e400
          65535 65536 4294967295 4294967296 999999999999999999 1000000000000000000
          18446744073709551615 99999999999999999999 0.30000000000000004 9007199254740993.0
          123456789.123456789 1.7976931348623157e308
          '' 'a' '1' 'a\\n' '\\u0061' 'é' '\1' '\177' 'pending-7'
          [] [1,] [1,2.5] {} {,} {'a'} {'id':'x'} {'id':null} {'id':'x','display_name':null}
          {'a':{'a':1,'a':2}} {'current_usage':{}} {'total_cost_usd':1,'total_duration_ms':2}
          """);

  static final List<String> FIELDS =
      words(
          """
          session_id cwd version tmux_pane pid model cost context_window transcript_path
          exceeds_200k_tokens workspace unknown id
          """);

  static final List<String> INNER_FIELDS =
      words(
          """
          model.id model.display_name model.unknown workspace.current_dir workspace.project_dir
          cost.total_cost_usd cost.total_duration_ms cost.total_api_duration_ms
          cost.total_lines_added cost.total_lines_removed
          context_window.context_window_size context_window.total_input_tokens
          context_window.total_output_tokens context_window.used_percentage
          context_window.remaining_percentage context_window.current_usage
          """);

  static final List<String> USAGE_FIELDS =
      words(
          """
          input_tokens output_tokens cache_creation_input_tokens cache_read_input_tokens unknown
          """);

  static final List<String> OUTER_FIELDS =
      words("ack id pid at since type protocol_version data unknown");

  private static List<String> words(String text) {
    return List.of(text.split("\\s+"));
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void takesWhatIsUsual(String line) {
    assertThat(quick(line)).isEqualTo(thorough(line)).isInstanceOf(Understood.class);
  }

  @Test
  void takesFieldsInAnyOrder() {
    var fields =
        new ArrayList<>(
            List.of(
                "'session_id':'a'",
                "'pid':7",
                "'cwd':'/'",
                "'new':[1]",
                "'version':'2'",
                "'model':{'display_name':'M','id':'m'}"));
    var random = new Random(1);
    for (var i = 0; i < 200; i++) {
      Collections.shuffle(fields, random);
      var line = report("status_update", "{" + String.join(",", fields) + "}");
      assertThat(quick(line)).as(line).isNotNull().isEqualTo(thorough(line));
    }
  }

  @ParameterizedTest
  @FieldSource("FIELDS")
  void agreesOnEveryValueOfAField(String field) {
    for (var value : VALUES) {
      var one = "'" + field + "':" + value;
      agree(data("{" + one + "}"));
      agree(data("{'session_id':'s'," + one + "}"));
      for (var second : VALUES) {
        agree(data("{'session_id':'s'," + one + ",'" + field + "':" + second + "}"));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("INNER_FIELDS")
  void agreesOnEveryValueOfAnInnerField(String path) {
    var names = path.split("\\.", 2);
    var needed = names[0].equals("cost") ? "'total_cost_usd':1,'total_duration_ms':2," : "";
    for (var value : VALUES) {
      var one = "'" + names[1] + "':" + value;
      agree(data("{'session_id':'s','" + names[0] + "':{" + one + "}}"));
      agree(data("{'session_id':'s','" + names[0] + "':{" + needed + one + "}}"));
      agree(data("{'session_id':'s','" + names[0] + "':{" + one + "," + one + "}}"));
    }
  }

  @ParameterizedTest
  @FieldSource("USAGE_FIELDS")
  void agreesOnEveryValueOfACount(String field) {
    for (var value : VALUES) {
      var usage = "{'" + field + "':" + value + "}";
      agree(data("{'session_id':'s','context_window':{'current_usage':" + usage + "}}"));
    }
  }

  @ParameterizedTest
  @FieldSource("OUTER_FIELDS")
  void agreesOnWhatStandsBesideTheData(String field) {
    for (var value : VALUES) {
      var one = "'" + field + "':" + value;
      agree(message("'type':'status_update','data':{'session_id':'a'}," + one));
      agree(message(one + ",'type':'status_update','data':{'session_id':'a'}"));
      agree(message(one + ",'data':{'session_id':'a'}"));
      agree(message(one + ",'type':'status_update'"));
    }
  }

  @Test
  void agreesOnEveryVersion() {
    for (var value : VALUES) {
      agree(versioned(value));
      agree(versioned("{'major':" + value + ",'minor':0}"));
      agree(versioned("{'minor':" + value + ",'major':1}"));
      agree(versioned("{'major':" + value + "}"));
      agree(versioned("{'major':1,'minor':0,'minor':" + value + "}"));
      agree(versioned("{'major':1,'minor':1,'patch':" + value + "}"));
    }
  }

  @Test
  void agreesHoweverDeepAValueIs() {
    for (var levels = 1; levels <= 130; levels++) {
      agree(data("{'session_id':'a','x':" + "[".repeat(levels) + "]".repeat(levels) + "}"));
      agree(
          data("{'session_id':'a','x':" + "{'y':".repeat(levels) + "1" + "}".repeat(levels) + "}"));
    }
  }

  @Test
  void agreesHoweverLongAValueIs() {
    for (var length : List.of(1, 7, 8, 9, 127, 128, 129, 299, 300, 308, 309, 400, 4_096, 4_097)) {
      agree(data("{'session_id':'" + "s".repeat(length) + "'}"));
      agree(data("{'session_id':'s','cwd':'" + "/".repeat(length) + "'}"));
      agree(data("{'session_id':'s','transcript_path':'" + "/".repeat(length) + "'}"));
      agree(data("{'session_id':'s','" + "n".repeat(length) + "':1}"));
      for (var number :
          List.of("9".repeat(length), "0." + "1".repeat(length), "9".repeat(length) + ".5")) {
        agree(data("{'session_id':'s','x':" + number + "}"));
        agree(data("{'session_id':'s','context_window':{'used_percentage':" + number + "}}"));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void agreesOnEveryBeginningAndEveryTail(String line) {
    for (var end = 0; end < line.length(); end++) {
      agree(line.substring(0, end));
    }
    for (var tail : List.of(" ", "\r", "\t\n", "x", "{}", "}", ",", "\0", "null", "\u00a0")) {
      agree(line + tail);
      agree(tail + line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hook_event", "pi_event", "agent_event", "ping", "status_updates", ""})
  void leavesOtherMessages(String type) {
    assertThat(quick(report(type, "{'session_id':'a'}"))).isNull();
  }

  @Test
  void looksOnlyAtTheGivenLength() {
    var line = StatusLineSamples.LONG.getBytes(UTF_8);
    var longer = (StatusLineSamples.LONG + "}").getBytes(UTF_8);

    assertThat(QuickStatusLine.read(longer, line.length))
        .isEqualTo(thorough(StatusLineSamples.LONG));
    assertThat(QuickStatusLine.read(line, line.length - 1)).isNull();
  }

  @Test
  void doesNotMakeTheSameNamesTwice() {
    var first = status(StatusLineSamples.LONG);
    var second = status(StatusLineSamples.LONG.replace("1234.567", "1234.568"));

    assertThat(second.report().directory()).isSameAs(first.report().directory());
    assertThat(second.report().version()).isSameAs(first.report().version());
    assertThat(second.report().model()).isSameAs(first.report().model());
    assertThat(second.report().id().value()).isSameAs(first.report().id().value());
  }

  private static StatusUpdate status(String line) {
    return (StatusUpdate) Objects.requireNonNull(quick(line)).message();
  }

  private static String data(String data) {
    return report("status_update", data);
  }

  private static String versioned(String version) {
    return "{'protocol_version':" + version + ",'type':'status_update','data':{'session_id':'a'}}";
  }

  private static void agree(String text) {
    var line = text.replace('\'', '"');
    assertThat(Lines.read(line)).as(line).isEqualTo(thorough(line));
  }

  private static @Nullable Understood quick(String line) {
    var bytes = line.getBytes(UTF_8);
    return QuickStatusLine.read(bytes, bytes.length);
  }

  private static ClientLine thorough(String line) {
    var bytes = line.getBytes(UTF_8);
    return ClientMessageReader.readAny(bytes, bytes.length);
  }
}

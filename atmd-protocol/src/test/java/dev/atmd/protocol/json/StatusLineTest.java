package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.complaint;
import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.report;
import static dev.atmd.protocol.json.Lines.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of atm-protocol §5.2. */
class StatusLineTest {
  private static final StatusReport FULL =
      new StatusReport(
          SessionId.of("5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11"),
          new Pid(41_234),
          Harness.CLAUDE,
          new TmuxPane("%3"),
          "/home/dev/shop",
          Model.of("claude-opus-4-5-20251101", null),
          "2.0.1",
          new StatusReport.Costs(
              Money.ofDollars(0.35),
              Duration.ofMillis(135_000),
              Duration.ofMillis(2_300),
              new LinesChanged(150, 30)),
          new StatusReport.Context(
              200_000L, 50_000L, 10_000L, new TokenCounts(1_000, 500, 2_000, 40_000), null),
          null);

  private static final StatusReport EMPTY =
      new StatusReport(
          SessionId.of("a"), null, Harness.CLAUDE, null, null, null, null, null, null, null);

  @Test
  void readsTheWholeTable() {
    assertThat(status(report("status_update", SampleLines.STATUS_DATA))).isEqualTo(FULL);
  }

  @Test
  void readsTheSameWhereTheDataStandsBeforeItsType() {
    var line = message("'data':" + SampleLines.STATUS_DATA + ",'type':'status_update'");

    assertThat(Lines.understood(line)).isEqualTo(new StatusUpdate(FULL, Delivery.PLAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'session_id':'a'}",
        "{'session_id':'a','unknown':{'x':[1]}}",
        "{'session_id':'a','transcript_path':null,'cwd':null,'model':null,'workspace':null,"
            + "'version':null,'cost':null,'context_window':null,'exceeds_200k_tokens':null,"
            + "'pid':null,'tmux_pane':null}",
        "{'session_id':'a','pid':0,'tmux_pane':'','exceeds_200k_tokens':true,"
            + "'workspace':{'current_dir':'/','project_dir':null,'x':1}}",
        "{'session_id':'b','session_id':'a'}"
      })
  void needsNothingButTheSession(String data) {
    assertThat(status(report("status_update", data))).isEqualTo(EMPTY);
  }

  @Test
  void theDefaultsAreZeroInsideWhatIsThere() {
    var data =
        "{'session_id':'a','cost':{'total_cost_usd':1,'total_duration_ms':2},"
            + "'context_window':{'current_usage':{}}}";

    assertThat(status(report("status_update", data)))
        .isEqualTo(
            new StatusReport(
                SessionId.of("a"),
                null,
                Harness.CLAUDE,
                null,
                null,
                null,
                null,
                new StatusReport.Costs(
                    Money.ofDollars(1), Duration.ofMillis(2), Duration.ZERO, LinesChanged.NONE),
                new StatusReport.Context(null, 0L, 0L, TokenCounts.ZERO, null),
                null));
  }

  @Test
  void tellsAnAbsentUsageFromAnEmptyOne() {
    assertThat(context("{}")).isEqualTo(new StatusReport.Context(null, 0L, 0L, null, null));
    assertThat(context("{'current_usage':null}"))
        .isEqualTo(new StatusReport.Context(null, 0L, 0L, TokenCounts.ZERO, null));
  }

  @Test
  void readsThePercentageOfTheHarness() {
    assertThat(context("{'used_percentage':7,'remaining_percentage':92.5}"))
        .isEqualTo(new StatusReport.Context(null, 0L, 0L, null, 7.0));
    assertThat(context("{'used_percentage':null,'remaining_percentage':null}"))
        .isEqualTo(new StatusReport.Context(null, 0L, 0L, null, null));
  }

  @Test
  void countsAreUnsigned() {
    assertThat(context("{'total_input_tokens':18446744073709551615,'context_window_size':0}"))
        .isEqualTo(new StatusReport.Context(0L, -1L, 0L, null, null));
    assertThat(status(report("status_update", "{'session_id':'a','pid':4294967295}")).pid())
        .isEqualTo(new Pid(4_294_967_295L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "5", "'a'", "[]", "{}", "{'session_id':5}", "{'session_id':null}"})
  void complainsFirstOfAMissingSession(String data) {
    assertThat(complaint("status_update", data)).isEqualTo("Parse error: Missing session_id");
    assertThat(complaint("status_update", "{'pid':'x','cost':{}}"))
        .isEqualTo("Parse error: Missing session_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'cwd':5 | invalid type: integer `5`, expected a string",
        "'version':true | invalid type: boolean `true`, expected a string",
        "'tmux_pane':[] | invalid type: sequence, expected a string",
        "'transcript_path':1.5 | invalid type: floating point `1.5`, expected a string",
        "'exceeds_200k_tokens':'x' | invalid type: string \"x\", expected a boolean",
        "'pid':-1 | invalid value: integer `-1`, expected u32",
        "'pid':-0 | invalid type: floating point `-0.0`, expected u32",
        "'pid':4294967296 | invalid value: integer `4294967296`, expected u32",
        "'pid':1.0 | invalid type: floating point `1.0`, expected u32",
        "'pid':'1' | invalid type: string \"1\", expected u32",
        "'pid':{} | invalid type: map, expected u32",
        "'model':'x' | invalid type: string \"x\", expected struct RawModel",
        "'model':{} | missing field `id`",
        "'model':{'id':null} | invalid type: null, expected a string",
        "'model':{'id':'x','display_name':{}} | invalid type: map, expected a string",
        "'workspace':7 | invalid type: integer `7`, expected struct RawWorkspace",
        "'workspace':{'current_dir':7} | invalid type: integer `7`, expected a string",
        "'cost':{} | missing field `total_cost_usd`",
        "'cost':{'total_duration_ms':1} | missing field `total_cost_usd`",
        "'cost':{'total_cost_usd':1} | missing field `total_duration_ms`",
        "'cost':{'total_cost_usd':null} | invalid type: null, expected f64",
        "'cost':{'total_cost_usd':'1'} | invalid type: string \"1\", expected f64",
        "'cost':{'total_cost_usd':1,'total_duration_ms':null}"
            + " | invalid type: null, expected u64",
        "'cost':{'total_cost_usd':1,'total_duration_ms':1,'total_api_duration_ms':null}"
            + " | invalid type: null, expected u64",
        "'cost':{'total_cost_usd':1,'total_duration_ms':1,'total_lines_added':null}"
            + " | invalid type: null, expected u64",
        "'cost':{'total_cost_usd':1,'total_duration_ms':1,'total_lines_removed':-2}"
            + " | invalid value: integer `-2`, expected u64",
        "'context_window':[] | invalid type: sequence, expected struct RawContextWindow",
        "'context_window':{'context_window_size':null} | invalid type: null, expected u32",
        "'context_window':{'total_input_tokens':null} | invalid type: null, expected u64",
        "'context_window':{'total_output_tokens':1.5}"
            + " | invalid type: floating point `1.5`, expected u64",
        "'context_window':{'used_percentage':'5'} | invalid type: string \"5\", expected f64",
        "'context_window':{'current_usage':5}"
            + " | invalid type: integer `5`, expected struct RawCurrentUsage",
        "'context_window':{'current_usage':{'input_tokens':null}}"
            + " | invalid type: null, expected u64",
        "'context_window':{'current_usage':{'cache_read_input_tokens':false}}"
            + " | invalid type: boolean `false`, expected u64"
      })
  void complainsOfAWrongType(String field, String detail) {
    assertThat(complaint("status_update", "{'session_id':'a'," + field + "}"))
        .isEqualTo("Registry error: parse error: " + detail);
  }

  @Test
  void complainsOfTheFirstOfSeveralProblems() {
    assertThat(complaint("status_update", "{'pid':-1,'cwd':5,'session_id':'a','model':{}}"))
        .isEqualTo("Registry error: parse error: invalid value: integer `-1`, expected u32");
  }

  private static StatusReport.Context context(String json) {
    var read = status(report("status_update", "{'session_id':'a','context_window':" + json + "}"));
    assertThat(read.context()).isNotNull();
    return Objects.requireNonNull(read.context());
  }
}

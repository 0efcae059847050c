package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.protocol.json.FieldReader;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that Claude Code gives its status line (atm-protocol §5.2):
 *
 * <pre>
 * {"session_id":"5b1c…","cwd":"/home/dev/shop","model":{"id":"claude-opus-4-5"},
 *  "cost":{"total_cost_usd":0.35,"total_duration_ms":135000},
 *  "context_window":{"context_window_size":200000,"current_usage":{"input_tokens":1000}},"pid":41234}
 * </pre>
 */
public final class StatusLine {
  private final FieldReader in;
  private @Nullable String id;
  private @Nullable String directory;
  private @Nullable Model model;
  private @Nullable String version;
  private StatusReport.@Nullable Costs costs;
  private StatusReport.@Nullable Context context;
  private @Nullable Pid pid;
  private @Nullable TmuxPane pane;

  private StatusLine(FieldReader in) {
    this.in = in;
  }

  /** Reads the current value of {@code in}, whole. */
  public static Payload read(FieldReader in, Harness harness) throws IOException {
    var line = new StatusLine(in);
    if (!in.isObject()) {
      in.skip();
    } else {
      line.readFields();
    }
    return line.payload(harness);
  }

  private Payload payload(Harness harness) {
    if (id == null) {
      return new Payload.Invalid("Parse error: Missing session_id");
    }
    if (in.problem() != null) {
      return new Payload.Invalid("Registry error: parse error: " + in.problem());
    }
    return new Payload.Status(
        new StatusReport(
            SessionId.of(id), pid, harness, pane, directory, model, version, costs, context, null));
  }

  private void readFields() throws IOException {
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> id = in.isString() ? in.name() : skipped();
        case "cwd" -> directory = in.optionalName();
        case "version" -> version = in.optionalName();
        case "tmux_pane" -> pane = TmuxPane.ofNullable(in.optionalName());
        case "pid" -> pid = Values.pid(in.optionalU32());
        case "model" -> model = in.beginOptionalObject("struct RawModel") ? model() : null;
        case "cost" -> costs = in.beginOptionalObject("struct RawCost") ? costs() : null;
        case "context_window" ->
            context = in.beginOptionalObject("struct RawContextWindow") ? context() : null;
        case "transcript_path" -> in.skipOptionalString();
        case "exceeds_200k_tokens" -> in.optionalBoolean();
        case "workspace" -> {
          if (in.beginOptionalObject("struct RawWorkspace")) {
            workspace();
          }
        }
        default -> in.skip();
      }
    }
  }

  private @Nullable String skipped() throws IOException {
    in.skip();
    return null;
  }

  private @Nullable Model model() throws IOException {
    String modelId = null;
    String displayName = null;
    var idThere = false;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "id" -> {
          modelId = in.name();
          idThere = true;
        }
        case "display_name" -> displayName = in.optionalName();
        default -> in.skip();
      }
    }
    if (!idThere) {
      in.missing("id");
    }
    return modelId == null ? null : RecentModels.of(modelId, displayName);
  }

  private StatusReport.@Nullable Costs costs() throws IOException {
    Double dollars = null;
    var millis = 0L;
    var millisThere = false;
    var apiMillis = 0L;
    var added = 0L;
    var removed = 0L;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "total_cost_usd" -> dollars = in.number();
        case "total_duration_ms" -> {
          millis = in.count();
          millisThere = true;
        }
        case "total_api_duration_ms" -> apiMillis = in.count();
        case "total_lines_added" -> added = in.count();
        case "total_lines_removed" -> removed = in.count();
        default -> in.skip();
      }
    }
    if (dollars == null) {
      in.missing("total_cost_usd");
      return null;
    }
    if (!millisThere) {
      in.missing("total_duration_ms");
      return null;
    }
    return new StatusReport.Costs(
        Money.ofDollars(dollars),
        duration(millis),
        duration(apiMillis),
        new LinesChanged(added, removed));
  }

  /** Beyond three hundred million years the clock stops. */
  private static Duration duration(long millis) {
    return Duration.ofMillis(millis < 0 ? Long.MAX_VALUE : millis);
  }

  private StatusReport.Context context() throws IOException {
    Long window = null;
    var totalInput = 0L;
    var totalOutput = 0L;
    TokenCounts current = null;
    Double percentage = null;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "context_window_size" -> window = in.u32();
        case "total_input_tokens" -> totalInput = in.count();
        case "total_output_tokens" -> totalOutput = in.count();
        case "used_percentage" -> percentage = in.optionalNumber();
        case "remaining_percentage" -> in.optionalNumber();
        case "current_usage" ->
            current = in.beginOptionalObject("struct RawCurrentUsage") ? usage() : TokenCounts.ZERO;
        default -> in.skip();
      }
    }
    return new StatusReport.Context(window, totalInput, totalOutput, current, percentage);
  }

  private TokenCounts usage() throws IOException {
    var input = 0L;
    var output = 0L;
    var creation = 0L;
    var read = 0L;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "input_tokens" -> input = in.count();
        case "output_tokens" -> output = in.count();
        case "cache_creation_input_tokens" -> creation = in.count();
        case "cache_read_input_tokens" -> read = in.count();
        default -> in.skip();
      }
    }
    return new TokenCounts(input, output, creation, read);
  }

  private void workspace() throws IOException {
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "current_dir", "project_dir" -> in.skipOptionalString();
        default -> in.skip();
      }
    }
  }
}

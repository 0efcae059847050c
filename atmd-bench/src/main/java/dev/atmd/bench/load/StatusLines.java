package dev.atmd.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Status lines of the size and shape that Claude Code sends, all of one run and all equally long:
 * digits written into a template, so that making them is not what bounds a measurement. Each update
 * has a number, which it carries as its cost. Not thread-safe.
 */
public final class StatusLines {
  /** Thousandths of a dollar of the first update; all numbers from here on have seven digits. */
  static final int FIRST = 1_000_000;

  /** Updates that can be told apart. */
  public static final int MOST = 9_999_999 - FIRST;

  /** No Linux has so many processes, so nothing is looked up. */
  private static final int FIRST_IMPOSSIBLE_PID = 1_000_000_000;

  private static final int PID_SPAN = 1_000_000_000;

  /** Sessions of a run have numbers of six digits. */
  private static final int SESSION_SPAN = 1_000_000;

  /** S is a digit of the session, P of its process, U of the update, T of a small number. */
  private static final String TEMPLATE =
      """
      {"protocol_version":{"major":1,"minor":0},"type":"status_update","data":{\
      "session_id":"{run}SSSSSS","transcript_path":"/home/dev/.claude/projects/-home-dev-shop/{run}SSSSSS.jsonl",\
      "cwd":"/home/dev/shop","model":{"id":"claude-opus-4-5-20251101","display_name":"Opus 4.5"},\
      "workspace":{"current_dir":"/home/dev/shop","project_dir":"/home/dev/shop"},\
      "version":"2.1.296","output_style":{"name":"default"},\
      "cost":{"total_cost_usd":UUUU.UUU,"total_duration_ms":UUUUUUU000,"total_api_duration_ms":UUUUUUU00,\
      "total_lines_added":UUUUUUU,"total_lines_removed":1TTT},\
      "context_window":{"total_input_tokens":UUUUUUU00,"total_output_tokens":UUUUUUU,\
      "context_window_size":200000,"used_percentage":31,"remaining_percentage":69,"current_usage":{"input_tokens":3TTT,"output_tokens":1TTT,\
      "cache_creation_input_tokens":2100,"cache_read_input_tokens":58790}},\
      "exceeds_200k_tokens":false,"pid":PPPPPPPPPP}}
      """;

  private final String sessions;
  private final int firstPid;

  /** The line that was put last. */
  private final byte[] line;

  private final Digits session = new Digits(6);
  private final Digits pid = new Digits(10);
  private final Digits update = new Digits(7);
  private final Digits small = new Digits(3);

  /** A run of its own, which meets no other. */
  public StatusLines() {
    var run = ThreadLocalRandom.current().nextInt(PID_SPAN - SESSION_SPAN);
    this.sessions = "bench-%09d-".formatted(run);
    this.firstPid = FIRST_IMPOSSIBLE_PID + run;
    var marked = TEMPLATE.replace("{run}", sessions);
    for (var at = 0; at < marked.length(); at++) {
      switch (marked.charAt(at)) {
        case 'S' -> session.add(at);
        case 'P' -> pid.add(at);
        case 'U' -> update.add(at);
        case 'T' -> small.add(at);
        default -> {}
      }
    }
    this.line = marked.getBytes(US_ASCII);
  }

  /** What the ids of all sessions of this run begin with. */
  public String sessions() {
    return sessions;
  }

  public String sessionId(int number) {
    return sessions + "%06d".formatted(number);
  }

  public int lineBytes() {
    return line.length;
  }

  /** Appends the update with this number, of this session. */
  public void put(ByteBuffer out, int ofSession, int number) {
    session.write(ofSession, line);
    pid.write(firstPid + ofSession, line);
    update.write(FIRST + number, line);
    small.write(number % 1_000, line);
    out.put(line);
  }

  /** What makes the daemon forget this session. */
  public String end(int ofSession) {
    return Messages.line(
        "\"type\":\"hook_event\",\"data\":{\"session_id\":\"%s\",\"hook_event_name\":\"SessionEnd\",\"pid\":%d}"
            .formatted(sessionId(ofSession), firstPid + ofSession));
  }

  /** The cost in dollars that a session shows after this update. */
  public static double cost(int number) {
    return (FIRST + number) / 1_000.0;
  }

  /** All places of a line where one number stands. */
  private static final class Digits {
    private final byte[] digits;
    private final List<Run> runs = new ArrayList<>();
    private int marked;
    private int written = -1;

    Digits(int width) {
      this.digits = new byte[width];
    }

    /** The next digit stands here; places come in order. */
    void add(int place) {
      var from = marked++ % digits.length;
      var last = runs.isEmpty() ? null : runs.getLast();
      if (from > 0 && last != null && last.at + last.length == place) {
        runs.set(runs.size() - 1, new Run(last.at, last.from, last.length + 1));
      } else {
        runs.add(new Run(place, from, 1));
      }
    }

    void write(int value, byte[] line) {
      if (value == written) {
        return;
      }
      var rest = value;
      for (var i = digits.length - 1; i >= 0; i--) {
        digits[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      for (var run : runs) {
        System.arraycopy(digits, run.from, line, run.at, run.length);
      }
      written = value;
    }

    /** Digits that stand side by side, from this one of the number on. */
    private record Run(int at, int from, int length) {}
  }
}

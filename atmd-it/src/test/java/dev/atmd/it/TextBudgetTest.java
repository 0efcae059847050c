package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More text than the heap holds, against the daemon as it is started for everybody. */
@Timeout(300)
class TextBudgetTest {
  private static final int SESSIONS = 40_000;
  private static final int PROMPT_CHARS = 16_384;

  /** More of the worst ones than fit. */
  private static final int WORST = 2_000;

  @Test
  void manySessionsWithTheLongestPromptsDoNotEndTheDaemon() {
    var usual = "p".repeat(PROMPT_CHARS);
    // What a list of the sessions writes as six characters each, which is the most.
    var worst = "\u0001".repeat(PROMPT_CHARS);
    try (var files = TestDirectory.create();
        var daemon = ProcessDaemon.start(files, "limits.sessions=" + SESSIONS);
        var client = daemon.greeted()) {
      for (var i = 0; i < SESSIONS; i++) {
        client.send(prompt("session-" + i, i < SESSIONS - WORST ? usual : worst));
      }

      var sessions = client.list();

      assertThat(sessions).hasSize(SESSIONS);
      var shown = sessions.stream().map(each -> each.path("first_prompt").asText()).toList();
      assertThat(shown.getFirst()).hasSize(201).endsWith("…");
      assertThat(shown.getLast()).isEqualTo(worst);
      assertThat(daemon.isAlive()).as(daemon.output()).isTrue();
    }
  }

  private static String prompt(String id, String text) {
    var data = Wire.fields("session_id", id, "hook_event_name", "UserPromptSubmit", "prompt", text);
    return Wire.message("agent_event", "harness", "claude", "data", data);
  }
}

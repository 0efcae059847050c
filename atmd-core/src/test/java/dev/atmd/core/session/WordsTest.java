package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the wire and what they stand for. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "general-purpose, main",
    "GENERAL_PURPOSE, main",
    "Explore, explore",
    "explorer, explore",
    "plan, plan",
    "Planner, plan",
    "code-reviewer, review",
    "code_reviewer, review",
    "CodeReview, review",
    "file-search, search",
    "file_search, search",
    "filesearch, search",
    "My-Agent, My-Agent",
    "'', ''"
  })
  void aRoleIsAnAgentType(String role, String tag) {
    assertThat(AgentType.ofRole(role)).isEqualTo(new AgentType(tag));
  }

  @ParameterizedTest
  @EnumSource
  void aHarnessIsFoundByItsTag(Harness harness) {
    if (harness == Harness.UNKNOWN) {
      assertThat(Harness.ofTag("?")).isEmpty();
    } else {
      assertThat(Harness.ofTag(harness.tag())).contains(harness);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Claude", "claude_code", "unknown"})
  void anotherWordIsNoHarness(String word) {
    assertThat(Harness.ofTag(word)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aStatusIsFoundByItsTag(Status status) {
    assertThat(Status.ofTag(status.tag())).contains(status);
    assertThat(Status.ofTag(status.name())).isEmpty();
  }
}

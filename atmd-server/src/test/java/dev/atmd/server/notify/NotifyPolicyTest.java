package dev.atmd.server.notify;

import static dev.atmd.server.notify.Sights.NOON;
import static dev.atmd.server.notify.Sights.asking;
import static dev.atmd.server.notify.Sights.config;
import static dev.atmd.server.notify.Sights.failed;
import static dev.atmd.server.notify.Sights.idle;
import static dev.atmd.server.notify.Sights.using;
import static dev.atmd.server.notify.Sights.working;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.SessionId;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told what, and when; each rule with its opposite. */
class NotifyPolicyTest {
  private NotifyPolicy policy = new NotifyPolicy(config(""));

  private List<String> seen(Sight sight, int second) {
    return told(policy.seen(sight, NOON.plusSeconds(second)));
  }

  private List<String> due(int second) {
    return told(policy.due(NOON.plusSeconds(second)));
  }

  private static List<String> told(List<Notice> notices) {
    return notices.stream().map(notice -> notice.title() + " | " + notice.text()).toList();
  }

  @Test
  void tellsOfAQuestionThatLasts() {
    assertThat(seen(asking("a", "npm publish"), 0)).isEmpty();
    assertThat(due(1)).isEmpty();
    assertThat(policy.untilDue(NOON.plusSeconds(1))).contains(Duration.ofSeconds(1));
    assertThat(due(2)).containsExactly("shop needs input | Bash: npm publish");
    assertThat(due(3)).isEmpty();
  }

  @Test
  void saysNothingOfAQuestionThatIsAnsweredAtOnce() {
    seen(asking("a", "npm publish"), 0);
    seen(working("a"), 1);

    assertThat(due(10)).isEmpty();
    assertThat(policy.untilDue(NOON)).isEmpty();
  }

  @Test
  void tellsOnceMoreOfWhatNobodyAnswers() {
    seen(asking("a", "npm publish"), 0);
    due(2);

    assertThat(due(301)).isEmpty();
    assertThat(due(302)).containsExactly("shop still needs input | Bash: npm publish");
    assertThat(due(10_000)).isEmpty();
  }

  @Test
  void doesNotTellAgainOfWhatHasBeenAnswered() {
    seen(asking("a", "npm publish"), 0);
    due(2);
    seen(working("a"), 100);

    assertThat(due(1_000)).isEmpty();
  }

  @Test
  void tellsOfAnotherQuestionWhenTheCooldownIsOver() {
    seen(asking("a", "one"), 0);
    due(2);
    seen(asking("a", "two"), 10);

    assertThat(due(61)).isEmpty();
    assertThat(due(62)).containsExactly("shop needs input | Bash: two");
  }

  @Test
  void theSameQuestionIsNotNews() {
    seen(asking("a", "one"), 0);
    due(2);
    seen(asking("a", "one"), 100);

    assertThat(due(200)).isEmpty();
  }

  @Test
  void tellsOfTheEndOfALongTurn() {
    seen(working("a"), 0);
    seen(idle("a"), 30);

    assertThat(due(32)).containsExactly("shop is done | ");
  }

  @Test
  void saysNothingOfTheEndOfAShortTurn() {
    seen(working("a"), 0);
    seen(idle("a"), 29);

    assertThat(due(100)).isEmpty();
  }

  @Test
  void aTurnGoesOnWhileItsUserIsAsked() {
    seen(working("a"), 0);
    seen(asking("a", "one"), 10);
    seen(working("a"), 15);
    seen(idle("a"), 31);

    assertThat(due(33)).containsExactly("shop is done | ");
  }

  @Test
  void tellsOfAFailureHoweverShortTheTurnWas() {
    seen(working("a"), 0);
    seen(failed("a", "rate limit"), 1);

    assertThat(due(3)).containsExactly("shop has failed | rate limit");
  }

  @Test
  void tellsOfADeathInATurn() {
    seen(working("a"), 0);

    assertThat(told(policy.gone(SessionId.of("a"), true, NOON)))
        .containsExactly("shop has died | its process ended in a turn");
    assertThat(told(policy.gone(SessionId.of("a"), true, NOON))).isEmpty();
  }

  @Test
  void saysNothingOfAnEndThatWasMeant() {
    seen(working("a"), 0);
    seen(idle("b"), 0);

    assertThat(told(policy.gone(SessionId.of("a"), false, NOON))).isEmpty();
    assertThat(told(policy.gone(SessionId.of("b"), true, NOON))).isEmpty();
  }

  @Test
  void tellsOnceThatAPlanIsNearlyUsedUp() {
    assertThat(seen(using("a", 89.9), 0)).isEmpty();
    assertThat(seen(using("a", 90), 1))
        .containsExactly("shop is near its limit | 90 % of the plan is used");
    assertThat(seen(using("a", 95), 2)).isEmpty();
    assertThat(seen(using("a", 5), 3)).isEmpty();
    assertThat(seen(using("a", 91), 4)).hasSize(1);
  }

  @Test
  void tellsOnlyWhatIsWanted() {
    policy = new NotifyPolicy(config("", "done"));
    seen(asking("a", "one"), 0);
    assertThat(due(10)).isEmpty();

    policy = new NotifyPolicy(config("billing"));
    seen(asking("a", "one"), 0);
    assertThat(due(10)).isEmpty();

    policy = new NotifyPolicy(config("/dev/sho"));
    seen(asking("a", "one"), 0);
    assertThat(due(10)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "22:00, 07:30, 23:00, true",
    "22:00, 07:30, 07:29, true",
    "22:00, 07:30, 07:30, false",
    "22:00, 07:30, 12:00, false",
    "12:00, 13:00, 12:00, true",
    "12:00, 13:00, 13:00, false",
  })
  void quietHoursMayCrossMidnight(LocalTime from, LocalTime to, LocalTime time, boolean quiet) {
    assertThat(new NotifyConfig.Hours(from, to).contains(time)).isEqualTo(quiet);
  }
}

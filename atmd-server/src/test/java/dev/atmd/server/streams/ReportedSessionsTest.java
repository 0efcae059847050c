package dev.atmd.server.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.SessionId;
import org.junit.jupiter.api.Test;

class ReportedSessionsTest {
  private static final SessionId A = SessionId.of("a");
  private static final SessionId B = SessionId.of("b");
  private static final SessionId C = SessionId.of("c");

  private final ReportedSessions sessions = new ReportedSessions(2);

  @Test
  void knowsWhichSessionsLiveByAConnection() {
    var _ = sessions.saw(A);
    var _ = sessions.saw(B);
    var _ = sessions.saw(A);
    sessions.ended(B);

    assertThat(sessions.takeLive()).containsExactly(A);
    assertThat(sessions.takeLive()).isEmpty();
  }

  @Test
  void bringsBackOnceWhatWasLost() {
    assertThat(sessions.saw(A)).isFalse();
    sessions.lost(A);

    assertThat(sessions.saw(A)).isTrue();
    assertThat(sessions.saw(A)).isFalse();
  }

  @Test
  void doesNotBringBackWhatItsHarnessEnded() {
    sessions.lost(A);
    sessions.ended(A);

    assertThat(sessions.saw(A)).isFalse();
  }

  @Test
  void forgetsTheOldestWhenThereAreTooMany() {
    var _ = sessions.saw(A);
    var _ = sessions.saw(B);
    var _ = sessions.saw(C);

    assertThat(sessions.takeLive()).containsExactly(B, C);
  }
}

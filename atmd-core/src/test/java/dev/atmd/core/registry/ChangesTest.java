package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SignalTier;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final Evidence EVIDENCE =
      new Evidence(Instant.EPOCH, "event", SignalTier.EVENT, Rule.BEGAN);

  private final Changes changes = new Changes();

  @Test
  void aSessionIsToldOfOnceAsItIsInTheEnd() {
    changes.updated(session("a", 1));
    changes.updated(session("b", 1));
    changes.updated(session("a", 2));

    assertThat(changes.take(7))
        .containsExactly(new Updated(8, session("b", 1)), new Updated(9, session("a", 2)));
  }

  @Test
  void aNewSessionIsRegisteredAsItIsInTheEnd() {
    changes.registered(session("a", 1));
    changes.updated(session("b", 1));
    changes.updated(session("a", 2));

    assertThat(changes.take(0))
        .containsExactly(new Registered(1, session("a", 2)), new Updated(2, session("b", 1)));
  }

  @Test
  void aSessionThatGoesIsNotUpdatedBefore() {
    changes.updated(session("a", 1));
    changes.removed(id("a"), RemovalReason.ENDED, null);

    assertThat(changes.take(0)).containsExactly(new Removed(1, id("a"), RemovalReason.ENDED, null));
  }

  @Test
  void aSessionThatComesBackIsToldOfInOrder() {
    changes.updated(session("a", 1));
    changes.removed(id("a"), RemovalReason.REPLACED, null);
    changes.registered(session("a", 2));
    changes.updated(session("a", 3));

    assertThat(changes.take(0))
        .containsExactly(
            new Removed(1, id("a"), RemovalReason.REPLACED, null),
            new Registered(2, session("a", 3)));
  }

  @Test
  void nothingIsLeftOfWhatWasTaken() {
    changes.updated(session("a", 1));
    var _ = changes.take(0);
    changes.updated(session("a", 2));

    assertThat(changes.take(1)).containsExactly(new Updated(2, session("a", 2)));
    assertThat(changes.take(2)).isEmpty();
  }

  private static Session session(String id, long second) {
    return Session.begun(id(id), null, Harness.CLAUDE, EVIDENCE, Instant.EPOCH.plusSeconds(second));
  }
}

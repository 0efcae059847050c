package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Place.GitLocation;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionFilterTest {
  private static final Evidence FOUND =
      new Evidence(Instant.EPOCH, "test", SignalTier.EVENT, Rule.FOUND);
  private static final SessionId A = SessionId.of("a");
  private static final SessionId B = SessionId.of("b");

  private static final Session SHOP =
      Session.begun(A, null, Harness.CLAUDE, FOUND, Instant.EPOCH)
          .draft()
          .place(new Place("/home/dev/shop/web", new GitLocation("/home/dev/shop", null, null)))
          .done();

  private static final Session NOWHERE = Session.begun(B, null, Harness.PI, FOUND, Instant.EPOCH);

  @Test
  void anEmptyFilterTakesAll() {
    assertThat(SessionFilter.ALL.matches(SHOP)).isTrue();
    assertThat(SessionFilter.ALL.matches(NOWHERE)).isTrue();
  }

  @Test
  void takesByName() {
    assertMatchesOnlyTheShop(new SessionFilter(Set.of(A), Set.of(), Set.of(), null));
  }

  @Test
  void theEmptyNameIsAName() {
    var filter = new SessionFilter(Set.of(SessionId.of("")), Set.of(), Set.of(), null);

    assertThat(filter.matches(SHOP)).isFalse();
  }

  @Test
  void takesByHarness() {
    assertMatchesOnlyTheShop(
        new SessionFilter(Set.of(), Set.of(Harness.CLAUDE, Harness.CODEX), Set.of(), null));
  }

  @Test
  void takesByStatus() {
    var working = new SessionFilter(Set.of(), Set.of(), Set.of(Status.WORKING), null);
    var idle = new SessionFilter(Set.of(), Set.of(), Set.of(Status.IDLE), null);

    assertThat(working.matches(SHOP)).isFalse();
    assertThat(idle.matches(SHOP)).isTrue();
  }

  @Test
  void takesByProject() {
    assertMatchesOnlyTheShop(new SessionFilter(Set.of(), Set.of(), Set.of(), "shop"));
    assertThat(new SessionFilter(Set.of(), Set.of(), Set.of(), "web").matches(SHOP)).isFalse();
  }

  @Test
  void everyPartMustMatch() {
    assertThat(new SessionFilter(Set.of(A), Set.of(Harness.PI), Set.of(), null).matches(SHOP))
        .isFalse();
  }

  @Test
  void followsARename() {
    var filter = new SessionFilter(Set.of(A), Set.of(), Set.of(), null);

    assertThat(filter.followingRename(A, B).ids()).containsExactlyInAnyOrder(A, B);
    assertThat(filter.followingRename(B, A)).isSameAs(filter);
    assertThat(SessionFilter.ALL.followingRename(A, B)).isSameAs(SessionFilter.ALL);
  }

  private static void assertMatchesOnlyTheShop(SessionFilter filter) {
    assertThat(filter.matches(SHOP)).isTrue();
    assertThat(filter.matches(NOWHERE)).isFalse();
  }
}

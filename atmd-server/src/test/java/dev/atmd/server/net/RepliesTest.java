package dev.atmd.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepliesTest {
  private final List<String> sent = new ArrayList<>();
  private final Replies<String> replies = new Replies<>(sent::add);

  @Test
  void sendsAReplyAtOnceWhenNothingIsOpen() {
    replies.add("pong");

    assertThat(sent).containsExactly("pong");
  }

  @Test
  void keepsAReplyBehindAnOpenRequest() {
    var open = replies.reserve();
    replies.add("pong");
    assertThat(sent).isEmpty();

    open.fill("list");

    assertThat(sent).containsExactly("list", "pong");
  }

  @Test
  void keepsTheOrderOfRequestsWhateverTheOrderOfAnswers() {
    var first = replies.reserve();
    var second = replies.reserve();
    var third = replies.reserve();

    third.fill("3");
    second.fill("2");
    assertThat(sent).isEmpty();
    first.fill("1");

    assertThat(sent).containsExactly("1", "2", "3");
    assertThat(replies.open()).isZero();
  }

  @Test
  void saysNothingInTheTurnOfASilentRequest() {
    var silent = replies.reserve();
    replies.add("pong");

    silent.fill(null);

    assertThat(sent).containsExactly("pong");
  }

  @Test
  void beginsADeferredReplyOnlyInItsTurn() {
    var open = replies.reserve();
    var begun = new ArrayList<Replies<String>.Slot>();
    replies.defer(begun::add);
    replies.add("pong");
    assertThat(begun).isEmpty();

    open.fill("first");
    assertThat(sent).containsExactly("first");
    begun.getFirst().fill("list");

    assertThat(begun).hasSize(1);
    assertThat(sent).containsExactly("first", "list", "pong");
  }

  @Test
  void goesOnAfterADeferredReplyThatIsThereAtOnce() {
    replies.defer(slot -> slot.fill("one"));
    replies.defer(slot -> slot.fill("two"));

    assertThat(sent).containsExactly("one", "two");
    assertThat(replies.open()).isZero();
  }
}

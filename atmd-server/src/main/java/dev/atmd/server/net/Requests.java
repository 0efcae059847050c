package dev.atmd.server.net;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.Outcome.Listed;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.registry.RegistryCommand.Explain;
import dev.atmd.core.registry.RegistryCommand.Resume;
import dev.atmd.core.registry.RegistryCommand.TakeSnapshot;
import dev.atmd.core.registry.ReplyTo;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.ClientLine.Receipt;
import dev.atmd.protocol.message.DaemonMessage.Acknowledged;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.broadcast.Broadcaster;
import dev.atmd.server.broadcast.Outbox;
import dev.atmd.server.store.Durability;
import dev.atmd.server.store.Historian;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one connection asks of the registry. Each request has its place among the replies, which is
 * filled when the registry has answered. On the event loop of the connection.
 */
final class Requests {
  private final Broadcaster broadcaster;
  private final Durability durability;
  private final Historian historian;
  private final Notices notices;
  private final Replies<Reply> replies;
  private final Intake intake;
  private final Subscription subscription;
  private final AnswerRunner answers;
  private final Listings listings;

  Requests(
      ConnectionHandler.Services services,
      Replies<Reply> replies,
      Intake intake,
      Outbox outbox,
      Subscription subscription,
      AnswerRunner answers) {
    this.broadcaster = services.broadcaster();
    this.durability = services.durability();
    this.historian = services.historian();
    this.notices = services.notices();
    this.replies = replies;
    this.intake = intake;
    this.subscription = subscription;
    this.answers = answers;
    this.listings = new Listings(outbox, intake, answers);
  }

  /**
   * Applies what was reported.
   *
   * @param burst that the report came in
   * @param receipt what its sender wants to hear of it; null if nothing
   */
  void report(CompletableFuture<RegistryCommand> command, Burst burst, @Nullable Receipt receipt) {
    burst.reported();
    intake.submit(command, found -> found, new Report(replies.reserve(), burst, receipt));
  }

  /** A report on its way: its outcome comes in the registry's turn, and is handed over. */
  private final class Report implements ReplyTo, Runnable {
    private final Replies<Reply>.Slot slot;
    private final Burst burst;
    private final @Nullable Receipt receipt;
    private @Nullable Refused refused;

    private Report(Replies<Reply>.Slot slot, Burst burst, @Nullable Receipt receipt) {
      this.slot = slot;
      this.burst = burst;
      this.receipt = receipt;
    }

    @Override
    public void answer(Outcome outcome) {
      refused = outcome instanceof Refused refusal ? refusal : null;
      answers.execute(this);
    }

    @Override
    public void run() {
      burst.applied();
      if (refused != null) {
        slot.fill(Reply.of(refused.reason()));
      } else if (receipt == null) {
        slot.fill(null);
      } else {
        acknowledge(receipt, slot);
      }
    }
  }

  /** There was nothing to apply. */
  void acknowledge(@Nullable Receipt receipt) {
    if (receipt != null) {
      acknowledge(receipt, replies.reserve());
    }
  }

  /** Once it is known whether what was applied is kept. */
  private void acknowledge(Receipt receipt, Replies<Reply>.Slot slot) {
    durability.settle(durable ->
        answers.executeLater(
            () -> slot.fill(new Reply.Line(new Acknowledged(receipt.id(), durable)))));
  }

  void explain(SessionId id) {
    var slot = replies.reserve();
    intake.submit(
        new Explain(id),
        outcome -> answers.execute(() -> slot.fill(Reply.explaining(id, outcome))));
  }

  void ask(HistoryQuestion question) {
    var slot = replies.reserve();
    var _ =
        historian
            .ask(question)
            .thenAccept(answer -> answers.executeLater(() -> slot.fill(new Reply.Line(answer))));
  }

  void testNotices() {
    var slot = replies.reserve();
    var _ =
        notices
            .test()
            .thenAccept(answer -> answers.executeLater(() -> slot.fill(new Reply.Line(answer))));
  }

  void list(Detail detail) {
    replies.defer(slot ->
        listings.take(new TakeSnapshot(), outcome -> slot.fill(Reply.listing(detail, outcome))));
  }

  void subscribe(SubscribeRequest request) {
    if (subscription.join(request.detail())) {
      replies.defer(slot ->
          listings.take(
              beginning(request.since()), outcome -> slot.fill(Reply.opening(request, outcome))));
    } else {
      replies.add(new Reply.Line(tooMany()));
    }
  }

  private RegistryCommand beginning(@Nullable Position known) {
    return known != null && broadcaster.isOfThisRun(known)
        ? new Resume(known.seq())
        : new TakeSnapshot();
  }

  private Failed tooMany() {
    return Failed.of(
        ErrorCode.TOO_MANY_SUBSCRIBERS,
        "Too many subscribers (max: %d)".formatted(broadcaster.maxSubscribers()));
  }

  /** The outbox has drained: what waited for that is asked now. */
  void drained() {
    listings.drained();
  }

  /** Brings a subscriber up to date that has lost events. */
  void catchUp() {
    var lagging = subscription.startsCatchingUp();
    if (lagging != null) {
      listings.takeNow(
          new TakeSnapshot(),
          outcome -> {
            if (outcome instanceof Listed(var snapshot)) {
              subscription.catchUp(lagging, snapshot);
            } else {
              answers.fail("cannot bring a subscriber up to date: " + outcome);
            }
          });
    }
  }
}

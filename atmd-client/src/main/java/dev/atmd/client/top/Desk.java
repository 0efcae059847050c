package dev.atmd.client.top;

import dev.atmd.client.top.Controls.Notice;
import dev.atmd.client.top.Effect.Jump;
import dev.atmd.client.top.Entry.Heading;
import dev.atmd.client.top.Entry.Item;
import dev.atmd.client.top.Entry.Past;
import dev.atmd.client.top.HeadPart.Trouble;
import dev.atmd.client.top.Mode.Browsing;
import dev.atmd.client.top.Mode.Confirming;
import dev.atmd.client.top.Mode.Replying;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard without its terminal: takes what happens, answers what to draw and what to do. Not
 * thread-safe: the thread that draws owns it.
 */
final class Desk {
  /** A rule, why it is so, what it waits for, and what it is. */
  private static final int LEAST_DETAIL = 5;

  /** All of it, and a turn or two of its history. */
  private static final int MOST_DETAIL = 16;

  private final Fleet fleet = new Fleet();
  private final Path socket;
  private final ZoneId zone;

  /** Whether it only shows what everybody may see, and touches nothing. */
  private final boolean isRedacted;

  private Controls controls;
  private @Nullable Listing listing;
  private @Nullable Trouble trouble;
  private final Inquiries inquiries = new Inquiries();

  /** How many entries were in sight in the last picture. */
  private int page = 10;

  Desk(Theme theme, Path socket, ZoneId zone, boolean isRedacted) {
    this.controls = Controls.with(theme);
    this.socket = socket;
    this.zone = zone;
    this.isRedacted = isRedacted;
  }

  /** Takes on news; whether there is something new to see. */
  boolean news(DaemonMessage message, Instant now) {
    if (!fleet.apply(message, now)) {
      return false;
    }
    listing = null;
    if (message instanceof SessionList) {
      inquiries.missedThePast();
    }
    if (message instanceof SessionRemoved removed
        && removed.renamedTo() != null
        && removed.sessionId().equals(controls.selected())) {
      controls = controls.selecting(removed.renamedTo(), controls.at());
    }
    dropStaleQuestion();
    return true;
  }

  void lost(String cause, Duration retryIn, Instant now) {
    trouble = new Trouble(cause, now.plus(retryIn));
  }

  void back() {
    trouble = null;
  }

  /** Nobody confirms an answer to a question that is no longer asked. */
  private void dropStaleQuestion() {
    var asked =
        switch (controls.mode()) {
          case Replying(var target, var question, _) -> Optional.of(new Asking(target, question));
          case Confirming(Deed.Answer(var target, var question, _), _) ->
              Optional.of(new Asking(target, question));
          case Mode _ -> Optional.<Asking>empty();
        };
    if (asked.isPresent() && !asked.get().holds(fleet)) {
      var name = asked.get().target().name();
      controls = controls.refusing(name + " no longer asks this: nothing was typed");
    }
  }

  private record Asking(Target target, Asked asked) {
    boolean holds(Fleet fleet) {
      return fleet
          .agent(target.id())
          .flatMap(agent -> Asked.of(agent.view()))
          .filter(asked::equals)
          .isPresent();
    }
  }

  /** Takes on what came of an effect; whether there is something new to see. */
  boolean told(Told told) {
    return switch (told) {
      case Told.Done(var text, var isTrouble) -> {
        controls = controls.saying(new Notice(text, isTrouble));
        yield true;
      }
      case Told.Explained(var id, var explanation) -> {
        inquiries.explained(id, explanation);
        yield true;
      }
      case Told.Unexplained(var id, _) -> {
        inquiries.explained(id, null);
        yield true;
      }
      case Told.Recalled(var sessions) -> {
        inquiries.recalled();
        fleet.recall(isRedacted ? sessions.stream().map(Over::withoutBranch).toList() : sessions);
        listing = null;
        yield !sessions.isEmpty();
      }
      case Told.Peeked(var pane, var lines) -> {
        if (!(controls.mode() instanceof Confirming(var deed, _))
            || !pane.equals(deed.target().pane())) {
          yield false;
        }
        controls = controls.in(new Confirming(deed, lines));
        yield true;
      }
    };
  }

  /** What a key asks for. */
  List<Effect> press(Key key) {
    var before = selected();
    var step =
        new Steering(controls, listing(), index(), page, fleet::root, this::listed).press(key);
    if (isRedacted && isHandsOn(step.controls().mode())) {
      controls = controls.refusing("this dashboard only shows");
      return List.of();
    }
    change(step.controls());
    before
        .filter(agent -> !agent.id().equals(controls.selected()) && controls.selected() != null)
        .ifPresent(agent -> see(agent.id()));
    for (var effect : step.effects()) {
      if (effect instanceof Jump(var target)) {
        see(target.id());
      } else if (effect instanceof Effect.Clear) {
        clear();
      }
    }
    return step.effects();
  }

  private static boolean isHandsOn(Mode mode) {
    return mode instanceof Confirming || mode instanceof Replying;
  }

  private void change(Controls next) {
    if (!next.filter().equals(controls.filter())
        || !next.flipped().equals(controls.flipped())
        || next.grouping() != controls.grouping()
        || next.order() != controls.order()) {
      listing = null;
    }
    controls = next;
  }

  private void clear() {
    var count = fleet.clear();
    listing = null;
    var text =
        switch (count) {
          case 0 -> "no session is finished";
          case 1 -> "cleared one finished session";
          default -> "cleared " + count + " finished sessions";
        };
    controls = controls.saying(new Notice(text, false));
  }

  private void see(String id) {
    if (fleet.see(id)) {
      listing = null;
    }
  }

  /** What has to be asked for the picture, and is not under way. */
  List<Effect> wants(Instant now) {
    if (trouble != null) {
      return List.of();
    }
    var inspect =
        isRedacted || !controls.showsDetail()
            ? Optional.<Effect>empty()
            : selected().flatMap(inquiries::inspect);
    return Stream.concat(inquiries.recall(now).stream(), inspect.stream()).toList();
  }

  private Listing listed(Controls chosen) {
    return Listing.of(fleet.agents(), fleet.finished(), chosen);
  }

  private Listing listing() {
    var known = listing;
    if (known == null) {
      known = listed(controls);
      listing = known;
    }
    return known;
  }

  /** Where the selection is: where it was if it is gone. */
  private int index() {
    var all = listing();
    var key = controls.selected();
    var found = key == null ? -1 : all.indexOf(key);
    if (found >= 0) {
      return found;
    }
    var near = key == null ? 0 : Math.min(controls.at(), all.entries().size() - 1);
    var below = all.selectable(near, 1);
    return below >= 0 ? below : all.selectable(near, -1);
  }

  private Optional<Agent> selected() {
    var index = index();
    return index >= 0 && listing().entries().get(index) instanceof Item item
        ? Optional.of(item.agent())
        : Optional.empty();
  }

  /** The picture of this moment: as many lines as the screen has rows. */
  Frame frame(Instant now, Size size) {
    if (fleet.forget(now)) {
      listing = null;
    }
    var lines = new ArrayList<Line>();
    var head = new HeadPart(size, now);
    var all = listing();
    lines.add(
        fleet.isListed()
            ? head.totals(fleet.totals(), fleet.done(), controls, all)
            : Line.of(size.columns(), Tone.TITLE, " atm"));
    lines.addAll(head.trouble(trouble));
    lines.addAll(head.quotas(fleet.agents()));
    var bottom = bottom(size, now, size.rows() - lines.size() - 1);
    var room = Math.max(0, size.rows() - lines.size() - bottom.size() - 1);
    var middle = middle(size, now, all, room);
    lines.addAll(middle.subList(0, Math.min(room, middle.size())));
    while (lines.size() < size.rows() - bottom.size() - 1) {
      lines.add(Line.of(size.columns()).done());
    }
    lines.addAll(bottom);
    lines.add(new FootPart(size).line(controls));
    return new Frame(lines.subList(0, Math.min(size.rows(), lines.size())), controls.theme());
  }

  private List<Line> middle(Size size, Instant now, Listing all, int room) {
    if (controls.mode() instanceof Mode.Helping) {
      return new HelpPart(size).lines(room);
    }
    if (all.entries().isEmpty()) {
      return new EmptyPart(size, socket)
          .lines(fleet.isListed(), trouble != null, controls, all.sessions());
    }
    var part = new ListPart(size, now);
    var index = index();
    var top =
        Scroll.follow(
            controls.top(),
            index,
            all.entries().size(),
            i -> part.height(all.entries().get(i)),
            room);
    controls = controls.scrolledTo(top);
    page = Math.max(1, room / 2);
    var lines = part.lines(all, index, top, room);
    return trouble == null ? lines : lines.stream().map(Line::dimmed).toList();
  }

  /** What stands below the list: what must be confirmed, else the detail where there is room. */
  private List<Line> bottom(Size size, Instant now, int room) {
    var half = room / 2;
    return switch (controls.mode()) {
      case Confirming confirming -> new AskPart(size).confirming(confirming, Math.max(4, half));
      case Replying replying -> new AskPart(size).replying(replying);
      case Mode.Helping _ -> List.of();
      case Browsing _, Mode.Filtering _ -> detail(size, Math.min(half, spare(size, now, room)));
    };
  }

  /** What the list leaves; a few rows in any case. */
  private int spare(Size size, Instant now, int room) {
    var all = listing();
    var isLong = all.entries().size() >= room;
    return Math.max(LEAST_DETAIL, isLong ? 0 : room - new ListPart(size, now).height(all));
  }

  private List<Line> detail(Size size, int room) {
    var index = index();
    if (index < 0 || !controls.showsDetail() || size.isNarrow()) {
      return List.of();
    }
    var height = Math.min(MOST_DETAIL, room);
    var part = new DetailPart(size, zone);
    return switch (listing().entries().get(index)) {
      case Heading _ -> List.of();
      case Past past -> part.lines(past.finished(), height);
      case Item item -> part.lines(item.agent(), inquiries.why(item.agent()), height);
    };
  }
}

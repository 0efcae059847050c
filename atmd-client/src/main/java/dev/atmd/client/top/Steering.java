package dev.atmd.client.top;

import dev.atmd.client.top.Effect.Clear;
import dev.atmd.client.top.Effect.Inspect;
import dev.atmd.client.top.Effect.Jump;
import dev.atmd.client.top.Effect.Peek;
import dev.atmd.client.top.Effect.Perform;
import dev.atmd.client.top.Effect.Quit;
import dev.atmd.client.top.Effect.Redraw;
import dev.atmd.client.top.Entry.Heading;
import dev.atmd.client.top.Entry.Item;
import dev.atmd.client.top.Entry.Past;
import dev.atmd.client.top.Key.Named;
import dev.atmd.client.top.Key.Typed;
import dev.atmd.client.top.Mode.Browsing;
import dev.atmd.client.top.Mode.Confirming;
import dev.atmd.client.top.Mode.Filtering;
import dev.atmd.client.top.Mode.Helping;
import dev.atmd.client.top.Mode.Replying;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a key does: from the choices of the user and the list, to new choices and effects. Pure.
 *
 * @param index what is selected; -1 if nothing can be
 * @param page how many entries are in sight
 * @param root the session that the user talks to
 */
record Steering(
    Controls controls,
    Listing listing,
    int index,
    int page,
    Function<Agent, Agent> root,
    Function<Controls, Listing> relist) {
  /** Far more than anybody types here; the terminal of the agent takes the rest. */
  private static final int MAX_TEXT = 2_000;

  /** The choices after a key, and what else it asks for. */
  record Step(Controls controls, List<Effect> effects) {
    Step {
      effects = List.copyOf(effects);
    }

    static Step to(Controls controls, Effect... effects) {
      return new Step(controls, List.of(effects));
    }
  }

  Step press(Key key) {
    var quiet = new Steering(controls.saying(null), listing, index, page, root, relist);
    return switch (controls.mode()) {
      case Browsing _ -> quiet.browse(key);
      case Helping _ ->
          key == Named.CANCEL ? quiet.quit() : Step.to(quiet.controls.in(new Browsing()));
      case Filtering _ -> quiet.filter(key);
      case Replying replying -> quiet.reply(replying, key);
      case Confirming(var deed, _) -> quiet.confirm(deed, key);
    };
  }

  private Step browse(Key key) {
    return switch (key) {
      case Typed(var c) -> typed(c);
      case Named named ->
          switch (named) {
            case UP -> move(index - 1, -1);
            case DOWN -> move(index + 1, 1);
            case PAGE_UP -> move(Math.max(0, index - page), -1);
            case PAGE_DOWN -> move(Math.min(listing.entries().size() - 1, index + page), 1);
            case HOME -> move(0, 1);
            case END -> move(listing.entries().size() - 1, -1);
            case ENTER -> go();
            case RIGHT -> open(true);
            case LEFT -> open(false);
            case ESCAPE -> Step.to(controls.filtering(""));
            case REDRAW -> Step.to(controls, new Redraw());
            case CANCEL -> quit();
            case BACKSPACE, CLEAR, UNKNOWN -> Step.to(controls);
          };
    };
  }

  private Step typed(int c) {
    return switch (c) {
      case 'j' -> move(index + 1, 1);
      case 'k' -> move(index - 1, -1);
      case 'g' -> move(0, 1);
      case 'G' -> move(listing.entries().size() - 1, -1);
      case 'w' -> nextWaiting();
      case 'o' -> open(!(selected() instanceof Item item && item.isOpen()));
      case 'z' -> fold();
      case ' ' -> Step.to(controls.detailed(!controls.showsDetail()));
      case 'p' -> regroup();
      case 's' -> resort();
      case 't' -> Step.to(controls.themed(controls.theme().next()));
      case 'x' -> Step.to(controls, new Clear());
      case '/' -> Step.to(controls.in(new Filtering()));
      case '?' -> Step.to(controls.in(new Helping()));
      case 'q', 'Q' -> quit();
      case 'y', 'n', 'r', 'i', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> intend(c);
      default -> Step.to(controls);
    };
  }

  private Step quit() {
    return Step.to(controls, new Quit());
  }

  private @Nullable Entry selected() {
    return index < 0 ? null : listing.entries().get(index);
  }

  /** To the nearest entry that can be selected, beyond {@code to} if there is one. */
  private Step move(int to, int step) {
    var beyond = listing.selectable(to, step);
    var found = beyond >= 0 ? beyond : listing.selectable(to, -step);
    return Step.to(found < 0 ? controls : select(found));
  }

  private Controls select(int to) {
    return controls.selecting(listing.entries().get(to).key(), to);
  }

  private Step nextWaiting() {
    var found =
        listing.next(
            index,
            entry ->
                switch (entry) {
                  case Heading heading -> heading.isFolded() && heading.waiting() > 0;
                  case Item item -> item.depth() == 0 && isWaiting(item);
                  case Past _ -> false;
                });
    if (found < 0) {
      return Step.to(controls.saying(new Controls.Notice("nobody waits for you", false)));
    }
    if (listing.entries().get(found) instanceof Heading heading) {
      var unfolded = controls.flipping(heading.key());
      var wider = relist.apply(unfolded);
      var first =
          wider.next(wider.indexOf(heading.key()), e -> e instanceof Item i && isWaiting(i));
      return Step.to(unfolded.selecting(wider.entries().get(first).key(), first));
    }
    return Step.to(select(found));
  }

  private static boolean isWaiting(Item item) {
    return item.agent().standing() == Standing.WAITING;
  }

  private Step fold() {
    return switch (selected()) {
      case null -> Step.to(controls);
      case Heading heading -> unfold(heading);
      case Item item -> fold(item.group());
      case Past past -> fold(past.group());
    };
  }

  private Step fold(String group) {
    var folded = controls.flipping(group);
    return Step.to(folded.selecting(group, relist.apply(folded).indexOf(group)));
  }

  private Step unfold(Heading heading) {
    var unfolded = controls.flipping(heading.key());
    var wider = relist.apply(unfolded);
    var first = wider.selectable(wider.indexOf(heading.key()), 1);
    return Step.to(unfolded.selecting(wider.entries().get(first).key(), first));
  }

  /**
   * Shows or hides the subagents of what is selected; hiding them from within goes to the parent.
   */
  private Step open(boolean isWanted) {
    return switch (selected()) {
      case null -> Step.to(controls);
      case Heading heading -> isWanted ? unfold(heading) : Step.to(controls);
      case Item item when item.isOpen() != isWanted && item.children() > 0 ->
          Step.to(controls.flipping(item.key()));
      case Item item when !isWanted && item.depth() > 0 -> {
        var parent = listing.indexOf(String.valueOf(item.agent().view().parentSessionId()));
        yield Step.to(parent < 0 ? controls : select(parent));
      }
      case Item _, Past _ -> Step.to(controls);
    };
  }

  private Step regroup() {
    var by = controls.grouping().other();
    var order = by == Grouping.PROJECT ? Order.NAME : Order.CHANGE;
    return said(controls.grouped(by, order), by.word());
  }

  private Step resort() {
    var order = controls.order().next();
    return said(controls.grouped(controls.grouping(), order), "sorted by " + order.word());
  }

  private static Step said(Controls controls, String text) {
    return Step.to(controls.saying(new Controls.Notice(text, false)));
  }

  private Step go() {
    return switch (selected()) {
      case null -> Step.to(controls);
      case Heading heading -> unfold(heading);
      case Past past -> Step.to(controls.refusing(over(past) + ": no agent to go to"));
      case Item item -> {
        var target = Target.of(root.apply(item.agent()));
        yield target.pane() == null
            ? Step.to(controls.refusing(target.name() + " runs in no pane of tmux that is known"))
            : Step.to(controls, new Jump(target));
      }
    };
  }

  private Step intend(int key) {
    return switch (selected()) {
      case null -> Step.to(controls);
      case Heading _ -> Step.to(controls);
      case Past past -> Step.to(controls.refusing(over(past) + ": nothing can be done to it"));
      case Item item -> intend(key, item);
    };
  }

  /** Its pane may be there still, but what runs in it now is not the agent. */
  private static String over(Past past) {
    return past.label() + " is over (" + past.finished().ending().word() + ")";
  }

  private Step intend(int key, Item item) {
    return switch (Intent.of(key, root.apply(item.agent()))) {
      case Intent.Refused(var why) -> Step.to(controls.refusing(why));
      case Intent.Write(var target, var asked) ->
          Step.to(controls.in(new Replying(target, asked, "")));
      case Intent.Confirm(var deed) -> confirming(deed);
    };
  }

  private Step confirming(Deed deed) {
    var asking = controls.in(new Confirming(deed, List.of()));
    var pane = deed.target().pane();
    return pane == null ? Step.to(asking) : Step.to(asking, new Peek(pane));
  }

  private Step filter(Key key) {
    return switch (key) {
      case Typed(var c) -> Step.to(controls.filtering(append(controls.filter(), c)));
      case Named.BACKSPACE -> Step.to(controls.filtering(withoutLast(controls.filter())));
      case Named.CLEAR -> Step.to(controls.filtering(""));
      case Named.ENTER -> Step.to(controls.in(new Browsing()));
      case Named.ESCAPE, Named.CANCEL -> Step.to(controls.filtering("").in(new Browsing()));
      case Named.UP, Named.DOWN -> browse(key);
      case Named _ -> Step.to(controls);
    };
  }

  private Step reply(Replying replying, Key key) {
    return switch (key) {
      case Typed(var c) -> Step.to(written(replying, append(replying.text(), c)));
      case Named.BACKSPACE -> Step.to(written(replying, withoutLast(replying.text())));
      case Named.CLEAR -> Step.to(written(replying, ""));
      case Named.ENTER ->
          replying.text().isBlank() ? Step.to(controls) : confirming(answer(replying));
      case Named.ESCAPE, Named.CANCEL -> Step.to(controls.in(new Browsing()));
      case Named _ -> Step.to(controls);
    };
  }

  private static Deed answer(Replying replying) {
    return new Deed.Answer(replying.target(), replying.asked(), new Typing.Text(replying.text()));
  }

  private Controls written(Replying replying, String text) {
    return controls.in(new Replying(replying.target(), replying.asked(), text));
  }

  private Step confirm(Deed deed, Key key) {
    var done = controls.in(new Browsing());
    return switch (key) {
      case Named.ENTER -> Step.to(done, new Perform(deed), new Inspect(deed.target().id()));
      case Named.UNKNOWN, Named.UP, Named.DOWN, Named.LEFT, Named.RIGHT -> Step.to(controls);
      case Typed _, Named _ ->
          Step.to(done.saying(new Controls.Notice("left it: " + deed.title(), false)));
    };
  }

  private static String append(String text, int c) {
    return text.length() < MAX_TEXT ? text + Character.toString(c) : text;
  }

  private static String withoutLast(String text) {
    return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(text.length(), -1));
  }
}

package dev.atmd.server.broadcast;

import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: which events its connection gets, and from which one on. A session that leaves
 * the filter is removed for this subscriber. On the event loop of the connection.
 */
public final class Subscriber {
  private final Outbox outbox;
  private final FrameEncoder encoder;

  /** Sessions the client has been told of; only kept where a filter hides others. */
  private final Set<SessionId> shown = new HashSet<>();

  private SessionFilter filter;

  /** The newest event the client knows of. */
  private long seen;

  private Progress progress = Progress.LIVE;

  /** How the client stands to the registry. */
  private enum Progress {
    LIVE,
    /** Frames were dropped: nothing is sent until a snapshot has been. */
    LAGGING,
    /** That snapshot has been asked for. */
    CATCHING_UP
  }

  Subscriber(Outbox outbox, FrameEncoder encoder, SessionFilter filter) {
    this.outbox = outbox;
    this.encoder = encoder;
    this.filter = filter;
  }

  public SessionFilter filter() {
    return filter;
  }

  /** The outbox has dropped what waited: only a snapshot can bring the client up to date. */
  public void lag() {
    progress = Progress.LAGGING;
  }

  /** Whether a snapshot has to be asked for now. True once for each time it lags. */
  public boolean startsCatchingUp() {
    var starts = progress == Progress.LAGGING;
    if (starts) {
      progress = Progress.CATCHING_UP;
    }
    return starts;
  }

  /** Begins again with a snapshot as soon as the peer reads. */
  void beginAgain() {
    lag();
    outbox.dropEvents();
    outbox.pump();
  }

  /** The snapshot is on its way to the client: what comes after it is sent from now on. */
  void begin(Snapshot snapshot) {
    seen = snapshot.seq();
    progress = Progress.LIVE;
    shown.clear();
    if (!isUnfiltered()) {
      snapshot.sessions().stream()
          .filter(filter::matches)
          .forEach(session -> shown.add(session.id()));
    }
  }

  /** Takes one batch of events; {@code joined} is the bytes of all of them. */
  void offer(List<Frame> frames, ByteBuf joined) {
    if (progress != Progress.LIVE) {
      frames.forEach(frame -> followRename(frame.event()));
      return;
    }
    if (isUnfiltered() && seen < frames.getFirst().seq()) {
      outbox.broadcast(frames, joined);
    } else {
      var mine = selected(frames);
      if (!mine.isEmpty()) {
        outbox.broadcast(mine);
      }
    }
    seen = Math.max(seen, frames.getLast().seq());
  }

  private List<Frame> selected(List<Frame> frames) {
    var selected = new ArrayList<Frame>();
    for (var frame : frames) {
      if (frame.seq() > seen) {
        var mine = select(frame);
        if (mine != null) {
          selected.add(mine);
        }
      }
    }
    return selected;
  }

  private @Nullable Frame select(Frame frame) {
    if (isUnfiltered()) {
      return frame;
    }
    return switch (frame.event()) {
      case Registered(_, var session) -> select(frame, session);
      case Updated(_, var session) -> select(frame, session);
      case Removed removed -> {
        followRename(removed);
        yield shown.remove(removed.id()) ? frame : null;
      }
    };
  }

  /** Who asked for a session by its id goes on hearing of it, also while it lags. */
  private void followRename(SessionEvent event) {
    if (event instanceof Removed removed && removed.successor() != null) {
      filter = filter.followingRename(removed.id(), removed.successor());
    }
  }

  private @Nullable Frame select(Frame frame, Session session) {
    if (filter.matches(session)) {
      shown.add(session.id());
      return frame;
    }
    return shown.remove(session.id()) ? left(frame.event(), session) : null;
  }

  private Frame left(SessionEvent event, Session session) {
    return encoder.left(event, session);
  }

  private boolean isUnfiltered() {
    return filter.equals(SessionFilter.ALL);
  }
}

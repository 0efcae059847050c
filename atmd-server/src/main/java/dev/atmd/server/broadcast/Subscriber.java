package dev.atmd.server.broadcast;

import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.registry.Snapshot;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: which events its connection gets, and from which one on. A session that leaves
 * the filter is removed for this subscriber. On the event loop of the connection.
 */
public final class Subscriber {
  private final Outbox outbox;
  private final FrameEncoder encoder;
  private final SubscribeRequest request;
  private final LagNotice lag;
  private final @Nullable Pacer pacer;
  private SessionFilter filter;
  private Shown shown = Shown.unknown();

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

  /**
   * @param tellsLag whether the client understands being told that it lagged
   */
  Subscriber(
      Outbox outbox,
      FrameEncoder encoder,
      SubscribeRequest request,
      boolean tellsLag,
      EventExecutor loop) {
    this.outbox = outbox;
    this.encoder = encoder;
    this.request = request;
    this.filter = request.filter();
    this.lag = new LagNotice(outbox, tellsLag);
    this.pacer =
        request.interval().isZero()
            ? null
            : new Pacer(
                loop,
                request.interval(),
                outbox.maxEvents(),
                frames -> outbox.broadcast(frames, request.detail()));
  }

  /** What it has asked for, with the names that its sessions have now. */
  public SubscribeRequest request() {
    return new SubscribeRequest(filter, request.detail(), request.interval(), null);
  }

  Detail detail() {
    return request.detail();
  }

  /** So many events were replaced by newer ones. */
  public void replaced(int events) {
    lag.replaced(events);
  }

  /** The outbox has dropped what waited: only a snapshot can bring the client up to date. */
  public void dropped(int events) {
    lag.dropped(events);
    fallBehind();
  }

  private void fallBehind() {
    progress = Progress.LAGGING;
    if (pacer != null) {
      pacer.clear();
    }
  }

  /** Whether a snapshot has to be asked for now. True once for each time it lags. */
  public boolean startsCatchingUp() {
    if (progress == Progress.LIVE && lag.needsList()) {
      fallBehind();
    }
    var starts = progress == Progress.LAGGING;
    if (starts) {
      progress = Progress.CATCHING_UP;
    }
    return starts;
  }

  /** Begins again with a snapshot as soon as the peer reads. */
  void beginAgain() {
    fallBehind();
    outbox.dropEvents();
    outbox.pump();
  }

  /** The snapshot is on its way to the client: what comes after it is sent from now on. */
  void begin(Snapshot snapshot) {
    seen = snapshot.seq();
    progress = Progress.LIVE;
    if (!isUnfiltered()) {
      shown = Shown.listed(snapshot, filter);
    }
  }

  /** The client knows everything up to an event, and is sent what it has missed since. */
  void resume(List<Frame> missed, long seq) {
    hear(selected(missed));
    seen = seq;
  }

  /** Takes events that happened one after the other, in bytes as this subscriber wants them. */
  void offer(Slice slice) {
    var frames = slice.frames();
    if (progress != Progress.LIVE) {
      frames.forEach(frame -> followRename(frame.event()));
      return;
    }
    if (isUnfiltered() && seen < frames.getFirst().seq()) {
      hear(slice);
    } else {
      hear(selected(frames));
    }
    seen = Math.max(seen, frames.getLast().seq());
  }

  /** No more events are sent. */
  void end() {
    if (pacer != null) {
      pacer.clear();
    }
  }

  private void hear(Slice slice) {
    if (pacer != null) {
      pacer.offer(slice.frames());
    } else {
      outbox.broadcast(slice);
    }
  }

  private void hear(List<Frame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    if (pacer != null) {
      pacer.offer(frames);
    } else {
      outbox.broadcast(frames, detail());
    }
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
        yield shown.forget(removed.id()) ? frame : null;
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
      shown.show(session.id());
      return frame;
    }
    return shown.hide(session.id()) ? encoder.left(frame.event(), session) : null;
  }

  private boolean isUnfiltered() {
    return filter.equals(SessionFilter.ALL);
  }
}

package dev.atmd.client.feed;

import dev.atmd.client.SessionListener;
import dev.atmd.client.feed.FeedEvent.Back;
import dev.atmd.client.feed.FeedEvent.Line;
import dev.atmd.client.feed.FeedEvent.Lost;
import dev.atmd.client.feed.FeedEvent.News;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Makes one value of each call of a feed. As thread-safe as where the values go. */
public final class FeedRelay implements SessionListener {
  private final Consumer<FeedEvent> to;

  public FeedRelay(Consumer<FeedEvent> to) {
    this.to = to;
  }

  @Override
  public void received(String json) {
    to.accept(new Line(json));
  }

  @Override
  public void list(SessionList list) {
    to.accept(new News(list));
  }

  @Override
  public void updated(SessionUpdated update) {
    to.accept(new News(update));
  }

  @Override
  public void removed(SessionRemoved removal) {
    to.accept(new News(removal));
  }

  @Override
  public void disconnected(IOException cause, Duration retryIn) {
    to.accept(new Lost(cause, retryIn));
  }

  @Override
  public void reconnected() {
    to.accept(new Back());
  }
}

package dev.atmd.server;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.SessionEvent;
import java.util.List;

/** Several sinks as one, told in this order. */
record Sinks(List<EventSink> sinks) implements EventSink {
  Sinks {
    sinks = List.copyOf(sinks);
  }

  @Override
  public void accept(SessionEvent event) {
    sinks.forEach(sink -> sink.accept(event));
  }

  @Override
  public void endOfBatch() {
    sinks.forEach(EventSink::endOfBatch);
  }
}

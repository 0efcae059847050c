package dev.atmd.server.net;

import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.registry.ReplyTo;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection on their way into the registry, in order: each may first have to
 * wait for something that is looked up elsewhere, or for room in the mailbox. What has been taken
 * in is submitted even if the connection ends meanwhile. On the event loop of the connection.
 */
public final class Intake {
  private final Registry registry;
  private final EventLoop loop;
  private final Runnable changed;
  private final Deque<Work<?>> backlog = new ArrayDeque<>();
  private final Runnable attend = this::attend;
  private boolean waiting;

  /** Whether the registry will be seen to when all that was read has been submitted. */
  private boolean attending;

  /**
   * @param changed is told whenever the backlog has become shorter after a wait
   */
  public Intake(Registry registry, EventLoop loop, Runnable changed) {
    this.registry = registry;
    this.loop = loop;
    this.changed = changed;
  }

  /** A command that depends on something being looked up; null if there is nothing to submit. */
  private record Work<T>(
      CompletableFuture<T> lookup,
      Function<T, @Nullable RegistryCommand> command,
      ReplyTo replyTo) {
    @Nullable RegistryCommand resolve() {
      return command.apply(lookup.getNow(null));
    }
  }

  /** Submits a command as soon as those before it have been. */
  public void submit(RegistryCommand command, ReplyTo replyTo) {
    if (backlog.isEmpty() && put(command, replyTo)) {
      return;
    }
    submit(CompletableFuture.completedFuture(command), found -> found, replyTo);
  }

  /** Submits the command that follows from a lookup. The lookup must not fail. */
  public <T> void submit(
      CompletableFuture<T> lookup,
      Function<T, @Nullable RegistryCommand> command,
      ReplyTo replyTo) {
    if (backlog.isEmpty() && lookup.isDone()) {
      var resolved = command.apply(lookup.getNow(null));
      if (resolved == null || put(resolved, replyTo)) {
        return;
      }
    }
    backlog.addLast(new Work<>(lookup, command, replyTo));
    pump();
  }

  /** Whether commands wait. */
  public boolean isBehind() {
    return !backlog.isEmpty();
  }

  private void pump() {
    while (!waiting && !backlog.isEmpty()) {
      var next = backlog.getFirst();
      if (!next.lookup.isDone()) {
        waiting = true;
        var _ = next.lookup.whenComplete((_, _) -> loop.execute(this::resume));
        return;
      }
      var command = next.resolve();
      if (command != null && !put(command, next.replyTo)) {
        waiting = true;
        registry.whenThereIsRoom(() -> loop.execute(this::resume));
        return;
      }
      backlog.removeFirst();
    }
  }

  private boolean put(RegistryCommand command, ReplyTo replyTo) {
    if (!registry.put(command, replyTo)) {
      return false;
    }
    if (!attending) {
      attending = true;
      loop.execute(attend);
    }
    return true;
  }

  private void attend() {
    attending = false;
    registry.attend();
  }

  private void resume() {
    waiting = false;
    pump();
    changed.run();
  }
}

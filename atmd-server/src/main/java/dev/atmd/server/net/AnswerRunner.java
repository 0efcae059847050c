package dev.atmd.server.net;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.broadcast.Lane;
import io.netty.channel.Channel;
import java.util.concurrent.Executor;

/**
 * Runs what the registry answers on the event loop of the connection. A bug in it costs this
 * connection only.
 */
final class AnswerRunner implements Executor {
  private static final System.Logger LOG = System.getLogger(AnswerRunner.class.getName());

  private final Lane lane;
  private final Channel channel;
  private final ConnectionGauges gauges;
  private final Runnable answered;

  /**
   * @param answered is called after each answer
   */
  AnswerRunner(Lane lane, Channel channel, ConnectionGauges gauges, Runnable answered) {
    this.lane = lane;
    this.channel = channel;
    this.gauges = gauges;
    this.answered = answered;
  }

  /** To be called where {@link Lane#deliver} may be. */
  @Override
  public void execute(Runnable answer) {
    lane.deliver(guarded(answer));
  }

  /** To be called on any thread. */
  void executeLater(Runnable answer) {
    channel.eventLoop().execute(guarded(answer));
  }

  private Runnable guarded(Runnable answer) {
    return () -> {
      try {
        answer.run();
        answered.run();
      } catch (RuntimeException bug) {
        LOG.log(ERROR, "failed at answering", bug);
        fail("failed at answering");
      }
    };
  }

  /** Nothing that follows could be right: who reconnects begins anew. */
  void fail(String why) {
    LOG.log(INFO, "closing a connection: {0}", why);
    gauges.failed(ErrorCode.INTERNAL.tag());
    var _ = channel.close();
  }
}

package dev.atmd.bench.system;

import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.load.Wire;
import java.io.IOException;

/**
 * The registry of a daemon: the answer is its list.
 *
 * @param daemon whose registry
 */
public record AtmIntake(AtmDaemon daemon) implements Intake {
  @Override
  public ServerProcess process() {
    return daemon.process();
  }

  @Override
  public Wire connect() throws IOException {
    return daemon.connect();
  }

  @Override
  public String question() {
    return Messages.LIST;
  }

  @Override
  public long missing(String answer, StatusLines lines, int session, int last, int sent)
      throws IOException {
    var states = new SessionStates(lines.sessions());
    states.take(answer);
    return states.shows(lines.sessionId(session), last) ? 0 : 1;
  }
}

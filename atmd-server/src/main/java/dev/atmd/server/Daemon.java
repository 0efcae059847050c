package dev.atmd.server;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.files.OwnDirectory;
import dev.atmd.server.files.PidFile;
import dev.atmd.server.files.SocketFile;
import dev.atmd.server.files.StartException;
import dev.atmd.server.notify.Notifier;
import dev.atmd.server.otlp.OtlpExport;
import dev.atmd.server.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A running daemon: its files, and the parts that serve. Started and closed by one thread; serves
 * until it is closed.
 */
public final class Daemon implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Daemon.class.getName());

  private final Path socket;
  private final Optional<WebServer> web;
  private final Ending ending;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Daemon(Path socket, Optional<WebServer> web, Ending ending) {
    this.socket = socket;
    this.web = web;
    this.ending = ending;
  }

  /** Starts a daemon; when this returns, clients can connect. */
  public static Daemon start(DaemonConfig config, InstantSource clock)
      throws IOException, StartException {
    WebServer.check(config.web());
    Notifier.check(config.notifications());
    OwnDirectory.makePrivate(config.stateDir(), config.uid());
    var ending = new Ending();
    try {
      return start(config, clock, ending);
    } catch (IOException | StartException | RuntimeException e) {
      try {
        ending.close();
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  private static Daemon start(DaemonConfig config, InstantSource clock, Ending ending)
      throws IOException, StartException {
    var pidFile = PidFile.take(config.pidFile(), config.socket().path());
    ending.beginWith(pidFile::close);
    var socket = SocketFile.claim(config.socket(), config.uid());
    ending.beginWith(socket::close);
    var export = export(config, clock);
    if (export != null) {
      ending.beginWith(export::close);
    }
    var parts = new Assembly(config, clock, export);
    parts.open(socket.unnamed(), ending);
    socket.bound();
    pidFile.announce();
    var web = parts.goOn(ending);
    linkLegacyName(config, socket);
    LOG.log(INFO, "listening at {0} ({1})", socket.path(), config.transport());
    return new Daemon(socket.path(), web, ending);
  }

  /** Where nothing is sent, nothing that would send is loaded. */
  private static @Nullable OtlpExport export(DaemonConfig config, InstantSource clock)
      throws StartException {
    var url = config.export().collector();
    return url == null ? null : OtlpExport.open(url, config.export(), clock);
  }

  private static void linkLegacyName(DaemonConfig config, SocketFile socket) {
    if (!config.socket().isDefault() || !config.legacyLink()) {
      return;
    }
    try {
      if (!socket.linkLegacyName()) {
        LOG.log(
            WARNING, "/tmp/atm.sock is taken: older clients need ATM_SOCKET={0}", socket.path());
      }
    } catch (IOException e) {
      LOG.log(WARNING, "cannot link /tmp/atm.sock: {0}", e.getMessage());
    }
  }

  /** Where clients connect. */
  public Path socket() {
    return socket;
  }

  /** Where a browser can look, logged in; empty if no dashboard is served. */
  public Optional<String> dashboard() {
    return web.map(WebServer::address);
  }

  /** Waits until the daemon has been closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Closes all connections and gives up the socket; takes well under two seconds. */
  @Override
  public void close() throws IOException {
    LOG.log(INFO, "stopping");
    ending.close();
    closed.countDown();
  }
}

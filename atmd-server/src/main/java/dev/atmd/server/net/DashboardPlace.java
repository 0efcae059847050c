package dev.atmd.server.net;

import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Dashboard;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Where clients are sent who want to see the dashboard. Thread-safe. */
final class DashboardPlace {
  /** Written once, when the dashboard is served; read by event loops. */
  private volatile @Nullable WebAddress served;

  void serve(WebAddress address) {
    served = address;
  }

  DaemonMessage where() {
    var now = served;
    return now == null
        ? Failed.of(
            ErrorCode.NO_WEB,
            "no dashboard is served: web.enabled is false, or the daemon's log says why")
        : new Dashboard(now.address());
  }
}

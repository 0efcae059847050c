package dev.atmd.it;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The ways to run a daemon. Every suite runs in each of them. */
enum Way {
  IN_PROCESS {
    @Override
    TestDaemon start(String... settings) {
      return InProcessDaemon.start(settings);
    }
  },

  /** As the real command. */
  PROCESS {
    @Override
    TestDaemon start(String... settings) {
      return ProcessDaemon.start(settings);
    }
  };

  private static final Map<Way, TestDaemon> SHARED = new EnumMap<>(Way.class);

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> SHARED.values().forEach(TestDaemon::close)));
  }

  /** A daemon of its own, with settings such as {@code limits.sessions=5}. */
  abstract TestDaemon start(String... settings);

  /** A daemon with the usual settings that other tests use as well. */
  TestDaemon shared() {
    return SHARED.computeIfAbsent(this, Way::start);
  }

  /** The ways that exist on this machine. */
  static List<Way> all() {
    return new ArrayList<>(List.of(values()));
  }
}

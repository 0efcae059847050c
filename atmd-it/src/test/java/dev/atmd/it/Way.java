package dev.atmd.it;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
  },

  /** In a container; only where there is an engine for it. */
  CONTAINER {
    @Override
    TestDaemon start(String... settings) {
      return ContainerDaemon.start(settings);
    }
  };

  /**
   * Says that containers can be used: the tests do not try for themselves, which can take minutes.
   */
  private static final String CONTAINERS = "ATMD_IT_DOCKER";

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
    var hasContainers = !System.getenv().getOrDefault(CONTAINERS, "").isEmpty();
    return Stream.of(values()).filter(way -> way != CONTAINER || hasContainers).toList();
  }

  /** The ways with as much memory as the daemon is made for. */
  static List<Way> roomy() {
    return List.of(IN_PROCESS, PROCESS);
  }
}

package dev.atmd.bench.measure;

import dev.atmd.bench.system.ServerProcess;
import java.io.IOException;

/** Processor time of a server from now on. */
final class Cpu {
  /** The kernel's grain: less than that has not been seen, and cannot be divided by. */
  private static final long GRAIN_NANOS = 10_000_000;

  private final ServerProcess process;
  private final long before;

  private Cpu(ServerProcess process, long before) {
    this.process = process;
    this.before = before;
  }

  static Cpu of(ServerProcess process) throws IOException {
    return new Cpu(process, process.cpuNanos());
  }

  long nanos() throws IOException {
    return Math.max(GRAIN_NANOS, process.cpuNanos() - before);
  }
}

package dev.atmd.bench.system;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of a server, as the kernel accounts for it.
 *
 * @param pid its id, positive
 */
public record ServerProcess(long pid) {
  /** Linux counts in hundredths of a second, whatever its own clock does. */
  private static final long TICK_NANOS = 10_000_000;

  /** Where utime and stime stand after the name: fields 14 and 15 of proc(5), the third is 0. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  public ServerProcess {
    if (pid <= 0) {
      throw new IllegalArgumentException("pid must be positive: " + pid);
    }
  }

  /** The process that listens at this Unix socket: the kernel tells who accepted. */
  public static ServerProcess behind(Path socket) throws IOException {
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      var connected =
          new Bootstrap()
              .group(group)
              .channel(EpollDomainSocketChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .connect(new DomainSocketAddress(socket.toString()))
              .awaitUninterruptibly();
      if (!connected.isSuccess()) {
        throw new IOException("nobody listens at " + socket, connected.cause());
      }
      return new ServerProcess(
          ((EpollDomainSocketChannel) connected.channel()).peerCredentials().pid());
    } finally {
      var _ = group.shutdownGracefully();
    }
  }

  /** User and system time of all its threads so far. */
  public long cpuNanos() throws IOException {
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * TICK_NANOS;
  }

  public long residentBytes() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
      }
    }
    throw new IOException("process " + pid + " has no memory: it has ended");
  }
}

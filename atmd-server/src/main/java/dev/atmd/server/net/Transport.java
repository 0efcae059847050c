package dev.atmd.server.net;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jdk.net.ExtendedSocketOptions;

/** How sockets are served: by Linux's epoll where its native library loads, else by the JDK. */
public enum Transport {
  EPOLL {
    @Override
    IoHandlerFactory ioHandlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    Class<? extends ServerChannel> serverChannel() {
      return EpollServerDomainSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> domainChannel() {
      return EpollDomainSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> tcpChannel() {
      return EpollSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> tcpServerChannel() {
      return EpollServerSocketChannel.class;
    }

    @Override
    public SocketAddress address(Path socket) {
      return new DomainSocketAddress(socket.toString());
    }

    @Override
    boolean servesHalfClosed() {
      return true;
    }

    @Override
    OptionalLong peerUid(Channel channel) throws IOException {
      return channel instanceof EpollDomainSocketChannel socket
          ? OptionalLong.of(Integer.toUnsignedLong(socket.peerCredentials().uid()))
          : OptionalLong.empty();
    }

    @Override
    OptionalInt peerPid(Channel channel) throws IOException {
      return channel instanceof EpollDomainSocketChannel socket
          ? OptionalInt.of(socket.peerCredentials().pid())
          : OptionalInt.empty();
    }
  },

  NIO {
    @Override
    IoHandlerFactory ioHandlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    Class<? extends ServerChannel> serverChannel() {
      return NioServerDomainSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> domainChannel() {
      return NioDomainSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> tcpChannel() {
      return NioSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> tcpServerChannel() {
      return NioServerSocketChannel.class;
    }

    @Override
    public SocketAddress address(Path socket) {
      return UnixDomainSocketAddress.of(socket);
    }

    @Override
    boolean servesHalfClosed() {
      return false;
    }

    @Override
    OptionalLong peerUid(Channel channel) throws IOException {
      if (!(channel instanceof NioDomainSocketChannel)) {
        return OptionalLong.empty();
      }
      var peer = channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
      return peer == null ? OptionalLong.empty() : OptionalLong.of(uidOf(peer.user().getName()));
    }

    // The JDK does not tell.
    @Override
    OptionalInt peerPid(Channel channel) {
      return OptionalInt.empty();
    }
  };

  /** The best transport that this machine offers. */
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory ioHandlers();

  abstract Class<? extends ServerChannel> serverChannel();

  /** For a connection of our own to a Unix socket. */
  public abstract Class<? extends Channel> domainChannel();

  /** For a connection of our own over TCP. */
  public abstract Class<? extends Channel> tcpChannel();

  /** To listen over TCP. */
  public abstract Class<? extends ServerChannel> tcpServerChannel();

  /** A Unix socket as this transport names it. */
  public abstract SocketAddress address(Path socket);

  /** Whether a client that has shut down its sending side can still be answered. */
  abstract boolean servesHalfClosed();

  /** The user at the other end of a connection; empty where the transport cannot tell. */
  abstract OptionalLong peerUid(Channel channel) throws IOException;

  /** The process at the other end of a connection; empty where the transport cannot tell. */
  abstract OptionalInt peerPid(Channel channel) throws IOException;

  /** The JDK names users; a user without a name is named by its number. */
  private static long uidOf(String user) throws IOException {
    if (user.chars().allMatch(Character::isDigit)) {
      return Long.parseLong(user);
    }
    for (var line : Files.readAllLines(Path.of("/etc/passwd"))) {
      var fields = line.split(":", 4);
      if (fields.length == 4 && fields[0].equals(user)) {
        return Long.parseLong(fields[2]);
      }
    }
    throw new IOException("no such user: " + user);
  }
}

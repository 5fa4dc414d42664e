package io.fleetward.agent.plans;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A runner that systemd starts for a connection to its socket: another user, other powers, and no
/// way for the daemon to end it but to ask.
final class UnitRunner implements RunnerLine {
  private final SocketChannel channel;
  private final InputStream fromRunner;
  private final OutputStream toRunner;

  private UnitRunner(SocketChannel channel) {
    this.channel = channel;
    this.fromRunner = Channels.newInputStream(channel);
    this.toRunner = Channels.newOutputStream(channel);
  }

  /// @param socket where `fleetward-act.socket` listens
  static Source source(Path socket) {
    return () -> {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new UnitRunner(channel);
      } catch (IOException e) {
        channel.close();
        throw new IOException(
            "no runner behind %s (%s); run systemctl enable --now fleetward-act.socket"
                .formatted(socket, e.getMessage()),
            e);
      }
    };
  }

  @Override
  public InputStream fromRunner() {
    return fromRunner;
  }

  @Override
  public OutputStream toRunner() {
    return toRunner;
  }

  @Override
  public void cancel() {
    abandon();
  }

  @Override
  public void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.fleetward.agent.dbus;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A connection to a message bus, or to one program that speaks as one would. Nothing waits longer
/// than it is told to, and in steady state nothing is allocated. Confined to one thread.
public final class BusConnection implements AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 32 << 20;
  private static final int ROOM_BYTES = 64 << 10;
  private static final MethodCall HELLO =
      MethodCall.of(
          "org.freedesktop.DBus",
          "/org/freedesktop/DBus",
          "org.freedesktop.DBus",
          "Hello",
          List.of());

  private final Path socket;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(ROOM_BYTES);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(ROOM_BYTES);
  private byte[] received = new byte[ROOM_BYTES];
  private int start;
  private int end;
  private int serial;

  private BusConnection(Path socket, SocketChannel channel, Selector selector) throws IOException {
    this.socket = socket;
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /// Connects to a bus and says hello.
  ///
  /// @param deadline as `System.nanoTime` counts
  /// @throws IOException if nobody listens, we are not welcome, or it takes too long
  public static BusConnection toBus(Path socket, int userId, long deadline) throws IOException {
    BusConnection connection = toPeer(socket, userId, deadline);
    try {
      int hello = connection.send(HELLO, deadline);
      connection.flush(deadline);
      Message message = new Message();
      do {
        connection.receiveOrFail(message, deadline);
      } while (message.answers() != hello);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  /// Connects to a program that is no bus.
  public static BusConnection toPeer(Path socket, int userId, long deadline) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    try {
      BusConnection connection = new BusConnection(socket, channel, Selector.open());
      connection.authenticate(userId, deadline);
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// The kernel has told the other side who we are; we only have to say the same.
  private void authenticate(int userId, long deadline) throws IOException {
    StringBuilder identity = new StringBuilder();
    for (byte digit : Integer.toString(userId).getBytes(StandardCharsets.US_ASCII)) {
      identity.append("%02x".formatted(digit));
    }
    write(ascii("\0AUTH EXTERNAL " + identity + "\r\n"), deadline);
    int lineEnd = 0;
    while (lineEnd == 0) {
      if (!fill(deadline)) {
        throw late();
      }
      for (int i = start; i < end && lineEnd == 0; i++) {
        lineEnd = received[i] == '\n' ? i + 1 : 0;
      }
    }
    String answer = new String(received, start, lineEnd - start, StandardCharsets.US_ASCII);
    start = lineEnd;
    if (!answer.startsWith("OK ")) {
      throw new IOException("%s does not let us in: %s".formatted(socket, answer.strip()));
    }
    write(ascii("BEGIN\r\n"), deadline);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Takes a call to be sent; those taken together leave together, at [#flush] at the latest.
  ///
  /// @return the serial that its answer will carry, never 0
  public int send(MethodCall call, long deadline) throws IOException {
    serial = serial == Integer.MAX_VALUE ? 1 : serial + 1;
    ByteBuffer bytes = call.bytes(serial);
    if (bytes.remaining() > outgoing.remaining()) {
      flush(deadline);
    }
    outgoing.put(bytes);
    return serial;
  }

  /// Sends what was taken.
  public void flush(long deadline) throws IOException {
    write(outgoing.flip(), deadline);
    outgoing.clear();
  }

  private void write(ByteBuffer bytes, long deadline) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        key.interestOps(SelectionKey.OP_WRITE);
        boolean isReady = await(deadline);
        key.interestOps(SelectionKey.OP_READ);
        if (!isReady) {
          throw late();
        }
      }
    }
  }

  /// Takes the next message that comes; false if none does in time.
  ///
  /// @throws IOException if the other side has hung up or sends what is no message
  public boolean receive(Message message, long deadline) throws IOException {
    while (true) {
      if (end - start >= Message.FIXED_HEADER_BYTES) {
        long length = Message.length(received, start);
        if (length > MOST_MESSAGE_BYTES) {
          throw new MalformedMessageException("%d bytes long".formatted(length));
        }
        if (end - start >= length) {
          message.read(received, start, (int) length);
          start += (int) length;
          return true;
        }
      }
      if (!fill(deadline)) {
        return false;
      }
    }
  }

  private void receiveOrFail(Message message, long deadline) throws IOException {
    if (!receive(message, deadline)) {
      throw late();
    }
  }

  /// Reads what is there, or waits until something is.
  private boolean fill(long deadline) throws IOException {
    chunk.clear();
    int count = channel.read(chunk);
    if (count == 0) {
      if (!await(deadline)) {
        return false;
      }
      count = channel.read(chunk);
    }
    if (count < 0) {
      throw new IOException(socket + " was closed by the other side");
    }
    if (start > 0) {
      System.arraycopy(received, start, received, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end + count > received.length) {
      received = Arrays.copyOf(received, Math.max(2 * received.length, end + count));
    }
    chunk.flip().get(received, end, count);
    end += count;
    return true;
  }

  private boolean await(long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    boolean isReady = (millis > 0 ? selector.select(millis) : selector.selectNow()) > 0;
    selector.selectedKeys().clear();
    return isReady;
  }

  private IOException late() {
    return new IOException(socket + " does not answer in time");
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}

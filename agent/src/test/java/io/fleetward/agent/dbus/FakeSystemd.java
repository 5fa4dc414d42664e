package io.fleetward.agent.dbus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A systemd, and the bus before it, on a socket of a test: it knows units and properties that the
/// test sets, and answers as the real one does. Thread safe.
public final class FakeSystemd implements AutoCloseable {
  /// @param activeState such as `active`
  public record FakeUnit(String loadState, String activeState) {}

  private final ServerSocketChannel server;
  private final Map<String, FakeUnit> units = new ConcurrentHashMap<>();
  private final Map<String, Object> properties = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String authentication = "OK 0123456789abcdef";
  private volatile String error = "";
  private volatile boolean isSilent;
  private final AtomicReference<Optional<SocketChannel>> client =
      new AtomicReference<>(Optional.empty());

  private FakeSystemd(ServerSocketChannel server) {
    this.server = server;
  }

  public static FakeSystemd listen(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    FakeSystemd systemd = new FakeSystemd(server);
    Thread.ofPlatform().daemon().name("fake-systemd").start(systemd::serve);
    return systemd;
  }

  public void unit(String name, String loadState, String activeState) {
    units.put(name, new FakeUnit(loadState, activeState));
  }

  public void remove(String name) {
    units.remove(name);
  }

  /// @param value a text, an int for type `u`, or a long for type `t`
  public void property(String object, String property, Object value) {
    properties.put(object + " " + property, value);
  }

  public static String pathOf(String unit) {
    return "/org/freedesktop/systemd1/unit/" + unit.replaceAll("[^a-z0-9]", "_");
  }

  /// Has every call answered by an error.
  public void failWith(String errorName) {
    error = errorName;
  }

  public void authenticateWith(String answer) {
    authentication = answer;
  }

  public void beSilent(boolean silent) {
    isSilent = silent;
  }

  /// How many properties it was asked for.
  public int asked() {
    return asked.get();
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel accepted = server.accept()) {
        client.set(Optional.of(accepted));
        converse(accepted);
      } catch (IOException _) {
        // the test has closed one end or the other
      }
    }
  }

  private void converse(SocketChannel channel) throws IOException {
    readLine(channel);
    send(channel, ByteBuffer.wrap((authentication + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    readLine(channel);
    while (true) {
      Request request = Request.read(channel);
      if (!isSilent) {
        send(channel, answer(request));
      }
    }
  }

  private static void readLine(SocketChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    do {
      readFully(channel, one.clear());
    } while (one.get(0) != '\n');
  }

  static void readFully(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new ClosedChannelException();
      }
    }
    buffer.flip();
  }

  /// In small pieces, so that messages do not arrive whole.
  private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    while (bytes.position() < limit) {
      channel.write(bytes.limit(Math.min(limit, bytes.position() + 777)));
    }
  }

  private ByteBuffer answer(Request request) {
    if (!error.isEmpty() && !request.member().equals("Hello")) {
      return Reply.error(request.serial(), error);
    }
    return switch (request.member()) {
      case "ListUnits" -> listUnits(request);
      case "Get" -> get(request);
      default -> Reply.empty(request.serial());
    };
  }

  private ByteBuffer listUnits(Request request) {
    Reply reply = new Reply();
    int lengthAt = reply.beginArray();
    new TreeMap<>(units)
        .forEach((name, unit) ->
            reply
                .align(8)
                .text(name)
                .text("Description of " + name)
                .text(unit.loadState())
                .text(unit.activeState())
                .text("sub")
                .text("")
                .text(pathOf(name))
                .number(0)
                .text("")
                .text("/"));
    reply.endArray(lengthAt);
    return reply.toMessage(request.serial());
  }

  private ByteBuffer get(Request request) {
    asked.incrementAndGet();
    Object value = properties.get(request.path() + " " + request.arguments().get(1));
    if (value == null) {
      return Reply.error(request.serial(), "org.freedesktop.DBus.Error.UnknownObject");
    }
    Reply reply = new Reply();
    switch (value) {
      case String text -> reply.signature("s").text(text);
      case Integer number -> reply.signature("u").number(number);
      case Long number -> reply.signature("t").longNumber(number);
      default -> throw new IllegalArgumentException("no property can be " + value);
    }
    return reply.toMessage(request.serial());
  }

  /// Tells that an object has changed.
  public void signal(String path) {
    try {
      send(client.get().orElseThrow(), Reply.signal(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Hangs up on whoever is connected.
  public void hangUp() throws IOException {
    client.get().orElseThrow().close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (client.get().isPresent()) {
      client.get().get().close();
    }
  }

  /// A call as it came.
  record Request(int serial, String path, String member, List<String> arguments) {
    Request {
      arguments = List.copyOf(arguments);
    }

    static Request read(SocketChannel channel) throws IOException {
      ByteBuffer fixed = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, fixed);
      int fieldsLength = fixed.getInt(12);
      int paddedLength = (fieldsLength + 7) / 8 * 8;
      ByteBuffer rest =
          ByteBuffer.allocate(paddedLength + fixed.getInt(4)).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, rest);
      String path = "";
      String member = "";
      while (rest.position() < fieldsLength) {
        rest.position((rest.position() + 7) / 8 * 8);
        byte code = rest.get();
        byte signatureLength = rest.get();
        char type = (char) rest.get();
        rest.position(rest.position() + signatureLength);
        String value = type == 'g' ? signature(rest) : text(rest);
        path = code == 1 ? value : path;
        member = code == 3 ? value : member;
      }
      rest.position(paddedLength);
      List<String> arguments =
          rest.hasRemaining() && member.equals("Get") ? List.of(text(rest), text(rest)) : List.of();
      return new Request(fixed.getInt(8), path, member, arguments);
    }

    private static String signature(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.get()];
      buffer.get(bytes).get();
      return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String text(ByteBuffer buffer) {
      buffer.position((buffer.position() + 3) / 4 * 4);
      byte[] bytes = new byte[buffer.getInt()];
      buffer.get(bytes).get();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}

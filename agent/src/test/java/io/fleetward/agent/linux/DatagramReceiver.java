package io.fleetward.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// A Unix datagram socket that a test listens at, as a service manager does.
public final class DatagramReceiver implements AutoCloseable {
  private static final MethodHandle SOCKET =
      Libc.bind(
          "socket",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle BIND =
      Libc.bind(
          "bind",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final int PATIENCE_MILLIS = 30_000;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment room = arena.allocate(4_096);
  private final int socket;

  /// @param address as `sockaddr_un` has it
  private DatagramReceiver(byte[] address) throws Throwable {
    MemorySegment name = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
    socket = (int) SOCKET.invokeExact(1, 2, 0);
    if ((int) BIND.invokeExact(socket, name, address.length) != 0) {
      throw new IOException("cannot be bound");
    }
  }

  /// @param path as `NOTIFY_SOCKET` has it
  public static DatagramReceiver at(String path) throws Throwable {
    byte[] bytes = ("\1\0" + path).getBytes(StandardCharsets.UTF_8);
    if (path.startsWith("@")) {
      bytes[2] = 0;
    }
    return new DatagramReceiver(bytes);
  }

  /// The next datagram.
  public String next() {
    MemorySegment poll = arena.allocate(8);
    poll.set(ValueLayout.JAVA_INT, 0, socket);
    poll.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
    if (Libc.poll(poll, 1, PATIENCE_MILLIS) != 1) {
      throw new IllegalStateException("nothing came");
    }
    long length = Libc.read(socket, room, room.byteSize());
    byte[] bytes = new byte[(int) length];
    MemorySegment.copy(room, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Libc.close(socket);
    arena.close();
  }
}

package io.fleetward.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// Sends datagrams to a Unix socket, which Java has no channel for: libc's own calls do it, so that
/// no program is started and no library loaded. Thread safe.
public final class DatagramSender {
  private static final short UNIX = 1;
  private static final int DATAGRAM = 2;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NO_SIGNAL = 0x4000;
  private static final int DO_NOT_WAIT = 0x40;

  /// Of `sockaddr_un`: two bytes of family, then the path.
  private static final int LONGEST_PATH = 107;

  /// In a class of its own, since only a supervised agent needs them.
  private static final class Calls {
    private static final MethodHandle SOCKET =
        Libc.bind(
            "socket",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    private static final MethodHandle SEND_TO =
        Libc.bind(
            "sendto",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));

    private Calls() {}
  }

  private final int socket;
  private final MemorySegment address;

  private DatagramSender(int socket, MemorySegment address) {
    this.socket = socket;
    this.address = address;
  }

  /// A sender to one socket, which need not be there yet.
  ///
  /// @param path absolute; after `@` a name of the abstract kind
  /// @throws IOException if it is no such path, or there is no socket to be had
  public static DatagramSender to(String path) throws IOException {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if ((!path.startsWith("/") && !path.startsWith("@")) || bytes.length > LONGEST_PATH) {
      throw new IOException(
          "\"%s\" is neither the path nor the name of a Unix socket".formatted(path));
    }
    boolean isAbstract = path.startsWith("@");
    MemorySegment address =
        Arena.ofAuto().allocate(Short.BYTES + bytes.length + (isAbstract ? 0 : 1), Short.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, UNIX);
    MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, bytes.length);
    if (isAbstract) {
      address.set(ValueLayout.JAVA_BYTE, Short.BYTES, (byte) 0);
    }
    int socket = socket();
    if (socket < 0) {
      throw new IOException("no Unix socket can be made; allow AF_UNIX");
    }
    return new DatagramSender(socket, address);
  }

  private static int socket() {
    try {
      return (int) Calls.SOCKET.invokeExact((int) UNIX, DATAGRAM | CLOSE_ON_EXEC, 0);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  /// Sends a text, if the receiver is there and has room for it; never waits.
  public void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      // nobody there: it hears the next one
      var _ =
          (long)
              Calls.SEND_TO.invokeExact(
                  socket,
                  message,
                  (long) bytes.length,
                  NO_SIGNAL | DO_NOT_WAIT,
                  address,
                  (int) address.byteSize());
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }
}

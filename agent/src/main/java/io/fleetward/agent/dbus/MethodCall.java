package io.fleetward.agent.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A method call with texts as arguments, marshalled once to be sent many times. Immutable but for
/// its serial, so confined to one thread.
public final class MethodCall {
  private static final int SERIAL_AT = 8;
  private static final byte LITTLE_ENDIAN = 'l';
  private static final byte TYPE_CALL = 1;
  private static final byte DO_NOT_START = 2;
  private static final byte PROTOCOL_VERSION = 1;
  private static final byte PATH = 1;
  private static final byte INTERFACE = 2;
  private static final byte MEMBER = 3;
  private static final byte DESTINATION = 6;
  private static final byte SIGNATURE = 8;

  private final ByteBuffer bytes;

  private MethodCall(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /// @param arguments all of type `s`
  public static MethodCall of(
      String destination,
      String path,
      String interfaceName,
      String member,
      List<String> arguments) {
    ByteBuffer header = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
    header.put(LITTLE_ENDIAN).put(TYPE_CALL).put(DO_NOT_START).put(PROTOCOL_VERSION);
    header.putInt(0).putInt(0).putInt(0);
    int fieldsAt = header.position();
    putField(header, PATH, "o", path);
    putField(header, INTERFACE, "s", interfaceName);
    putField(header, MEMBER, "s", member);
    putField(header, DESTINATION, "s", destination);
    if (!arguments.isEmpty()) {
      align(header, 8);
      header.put(SIGNATURE);
      putSignature(header, "g");
      putSignature(header, "s".repeat(arguments.size()));
    }
    int fieldsEnd = header.position();
    align(header, 8);
    int bodyAt = header.position();
    for (String argument : arguments) {
      align(header, 4);
      putText(header, argument);
    }
    header.putInt(4, header.position() - bodyAt);
    header.putInt(12, fieldsEnd - fieldsAt);
    ByteBuffer direct = ByteBuffer.allocateDirect(header.position()).order(ByteOrder.LITTLE_ENDIAN);
    return new MethodCall(direct.put(header.flip()).flip());
  }

  private static void putField(ByteBuffer header, byte code, String signature, String value) {
    align(header, 8);
    header.put(code);
    putSignature(header, signature);
    align(header, 4);
    putText(header, value);
  }

  private static void putSignature(ByteBuffer header, String signature) {
    header.put((byte) signature.length());
    header.put(signature.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
  }

  private static void putText(ByteBuffer header, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    header.putInt(utf8.length).put(utf8).put((byte) 0);
  }

  private static void align(ByteBuffer header, int size) {
    while (header.position() % size != 0) {
      header.put((byte) 0);
    }
  }

  /// The message under a serial number; the same buffer each time.
  ByteBuffer bytes(int serial) {
    return bytes.rewind().putInt(SERIAL_AT, serial);
  }
}

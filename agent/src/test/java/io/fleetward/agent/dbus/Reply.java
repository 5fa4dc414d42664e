package io.fleetward.agent.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The body of an answer, marshalled value by value.
final class Reply {
  private static final int METHOD_RETURN = 2;
  private static final int ERROR = 3;
  private static final int SIGNAL = 4;
  private static final int PATH = 1;
  private static final int ERROR_NAME = 4;
  private static final int REPLY_SERIAL = 5;

  private final ByteBuffer body = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);

  Reply align(int size) {
    align(body, size);
    return this;
  }

  Reply text(String value) {
    align(4);
    putText(body, value);
    return this;
  }

  Reply number(int value) {
    align(4);
    body.putInt(value);
    return this;
  }

  Reply longNumber(long value) {
    align(8);
    body.putLong(value);
    return this;
  }

  Reply signature(String value) {
    putSignature(body, value);
    return this;
  }

  /// @return where the length belongs
  int beginArray() {
    align(4);
    body.putInt(0);
    align(8);
    return body.position() - 8;
  }

  void endArray(int lengthAt) {
    body.putInt(lengthAt, body.position() - lengthAt - 8);
  }

  ByteBuffer toMessage(int serial) {
    return message(METHOD_RETURN, serial, "", "", body.flip());
  }

  static ByteBuffer empty(int serial) {
    return message(METHOD_RETURN, serial, "", "", ByteBuffer.allocate(0));
  }

  static ByteBuffer error(int serial, String name) {
    return message(ERROR, serial, name, "", ByteBuffer.allocate(0));
  }

  static ByteBuffer signal(String path) {
    return message(SIGNAL, 0, "", path, ByteBuffer.allocate(0));
  }

  private static ByteBuffer message(
      int type, int serial, String errorName, String path, ByteBuffer content) {
    ByteBuffer message =
        ByteBuffer.allocate(1024 + content.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    message.put((byte) 'l').put((byte) type).put((byte) 1).put((byte) 1);
    message.putInt(content.remaining()).putInt(1).putInt(0);
    if (serial > 0) {
      align(message, 8);
      message.put((byte) REPLY_SERIAL);
      putSignature(message, "u");
      align(message, 4);
      message.putInt(serial);
    }
    putField(message, ERROR_NAME, "s", errorName);
    putField(message, PATH, "o", path);
    message.putInt(12, message.position() - 16);
    align(message, 8);
    return message.put(content).flip();
  }

  private static void putField(ByteBuffer message, int code, String signature, String value) {
    if (!value.isEmpty()) {
      align(message, 8);
      message.put((byte) code);
      putSignature(message, signature);
      align(message, 4);
      putText(message, value);
    }
  }

  private static void putSignature(ByteBuffer buffer, String value) {
    buffer.put((byte) value.length());
    buffer.put(value.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
  }

  private static void putText(ByteBuffer buffer, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    buffer.putInt(bytes.length).put(bytes).put((byte) 0);
  }

  private static void align(ByteBuffer buffer, int size) {
    while (buffer.position() % size != 0) {
      buffer.put((byte) 0);
    }
  }
}

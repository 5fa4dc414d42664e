package io.fleetward.agent.dbus;

import io.fleetward.agent.linux.Fields;

/// A message as it lies in the buffer that it was received into; good until the next one is
/// received. Confined to one thread.
public final class Message {
  static final int FIXED_HEADER_BYTES = 16;

  private static final byte LITTLE_ENDIAN = 'l';
  private static final int METHOD_RETURN = 2;
  private static final int ERROR = 3;
  private static final int SIGNAL = 4;
  private static final int PATH = 1;
  private static final int ERROR_NAME = 4;
  private static final int REPLY_SERIAL = 5;

  private final Values header = new Values();
  private final Values body = new Values();
  private final Fields path = new Fields("a D-Bus message");
  private final Fields errorName = new Fields("a D-Bus message");
  private final Fields skipped = new Fields("a D-Bus message");
  private int type;
  private int replySerial;

  /// How long the message is whose first 16 bytes are there.
  ///
  /// @throws MalformedMessageException if it is not a message, or in the byte order of another
  ///   machine
  static long length(byte[] bytes, int at) throws MalformedMessageException {
    if (bytes[at] != LITTLE_ENDIAN) {
      throw new MalformedMessageException("byte order %d".formatted(bytes[at]));
    }
    long fields = Values.unsignedInt(bytes, at + 12);
    long paddedFields = (fields + 7) / 8 * 8;
    return FIXED_HEADER_BYTES + paddedFields + Values.unsignedInt(bytes, at + 4);
  }

  /// Takes the message that begins at a place.
  void read(byte[] bytes, int at, int length) throws MalformedMessageException {
    type = bytes[at + 1];
    replySerial = 0;
    path.clear();
    errorName.clear();
    int fieldsEnd = FIXED_HEADER_BYTES + (int) Values.unsignedInt(bytes, at + 12);
    header.reset(bytes, at, at + fieldsEnd).skip(FIXED_HEADER_BYTES);
    while (header.hasMore()) {
      header.align(8);
      readField(header.nextByte(), header.nextSignature());
    }
    int bodyAt = at + (fieldsEnd + 7) / 8 * 8;
    body.reset(bytes, bodyAt, at + length);
  }

  private void readField(int code, char signature) throws MalformedMessageException {
    switch (signature) {
      case 'u' -> {
        int number = (int) header.nextUnsignedInt();
        replySerial = code == REPLY_SERIAL ? number : replySerial;
      }
      case 's', 'o' ->
          header.nextText(code == PATH ? path : code == ERROR_NAME ? errorName : skipped);
      case 'g' -> header.nextSignature();
      default -> throw new MalformedMessageException("header field of type " + signature);
    }
  }

  /// The serial of the call that this answers; 0 if it answers none.
  public int answers() {
    return type == METHOD_RETURN || type == ERROR ? replySerial : 0;
  }

  public boolean isError() {
    return type == ERROR;
  }

  public boolean isSignal() {
    return type == SIGNAL;
  }

  /// The object that a signal comes from.
  public Fields path() {
    return path;
  }

  /// Empty unless it is an error.
  public String errorName() {
    return errorName.text();
  }

  public Values body() {
    return body;
  }
}

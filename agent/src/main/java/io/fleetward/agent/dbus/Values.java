package io.fleetward.agent.dbus;

import io.fleetward.agent.linux.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A cursor over marshalled values, in little endian; allocates nothing. Confined to one thread.
public final class Values {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int start;
  private int end;
  private int position;

  static long unsignedInt(byte[] bytes, int at) {
    return Integer.toUnsignedLong((int) INT.get(bytes, at));
  }

  Values reset(byte[] source, int from, int to) {
    bytes = source;
    start = from;
    end = to;
    position = from;
    return this;
  }

  public boolean hasMore() {
    return position < end;
  }

  Values skip(int count) throws MalformedMessageException {
    require(count);
    position += count;
    return this;
  }

  void align(int size) throws MalformedMessageException {
    skip((size - (position - start) % size) % size);
  }

  public int nextByte() throws MalformedMessageException {
    require(1);
    return bytes[position++];
  }

  public long nextUnsignedInt() throws MalformedMessageException {
    align(4);
    require(4);
    position += 4;
    return unsignedInt(bytes, position - 4);
  }

  public long nextLong() throws MalformedMessageException {
    align(8);
    require(8);
    position += 8;
    return (long) LONG.get(bytes, position - 8);
  }

  /// Moves over a text or path and makes it the current field.
  public void nextText(Fields text) throws MalformedMessageException {
    long length = nextUnsignedInt();
    require(length + 1);
    text.of(bytes, position, position + (int) length);
    position += (int) length + 1;
  }

  /// Moves over a signature.
  ///
  /// @return its first type; 0 if it has none
  char nextSignature() throws MalformedMessageException {
    int length = nextByte();
    require(length + 1L);
    char first = length == 0 ? 0 : (char) bytes[position];
    position += length + 1;
    return first;
  }

  /// Enters a variant.
  ///
  /// @return the type of what it holds
  public char nextVariant() throws MalformedMessageException {
    return nextSignature();
  }

  /// Enters an array of structures.
  ///
  /// @return where it ends, for [#isBefore]
  public int nextArray() throws MalformedMessageException {
    long length = nextUnsignedInt();
    align(8);
    require(length);
    return position + (int) length;
  }

  /// Whether the array goes on.
  public boolean isBefore(int arrayEnd) {
    return position < arrayEnd;
  }

  /// Enters the next structure of an array.
  public void nextStructure() throws MalformedMessageException {
    align(8);
  }

  private void require(long count) throws MalformedMessageException {
    if (count < 0 || position + count > end) {
      throw new MalformedMessageException("value past the end");
    }
  }
}

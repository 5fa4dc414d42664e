package io.fleetward.agent.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What stands before each record in a file. Head and content have a checksum each: a good head
/// says where the next record begins even if the content is damaged.
///
/// @param storedBytes of the content that follows
/// @param fullBytes of the content when unpacked; the same as `storedBytes` if it is not packed
record Frame(int storedBytes, int fullBytes, long sequence, long timeMillis, int contentChecksum) {
  /// `FWS1`, which a search looks for after damage.
  static final int MAGIC = 0x46575331;

  /// Magic, both lengths, sequence, time, two checksums.
  static final int HEAD_BYTES = 4 + 4 + 4 + 8 + 8 + 4 + 4;

  /// More than Kafka takes in one record.
  static final int MOST_CONTENT = 4 << 20;

  private static final int CHECKSUM_AT = HEAD_BYTES - 4;

  boolean isPacked() {
    return storedBytes != fullBytes;
  }

  long bytes() {
    return (long) HEAD_BYTES + storedBytes;
  }

  /// Writes the head at the beginning of a buffer.
  void writeTo(byte[] buffer) {
    ByteBuffer head = ByteBuffer.wrap(buffer, 0, HEAD_BYTES);
    head.putInt(MAGIC).putInt(storedBytes).putInt(fullBytes);
    head.putLong(sequence).putLong(timeMillis).putInt(contentChecksum);
    head.putInt(checksum(buffer, 0, CHECKSUM_AT));
  }

  /// Whether a head stands at a position; nothing beyond it is looked at.
  static boolean isHead(byte[] buffer, int at) {
    ByteBuffer head = ByteBuffer.wrap(buffer, at, HEAD_BYTES);
    return head.getInt() == MAGIC
        && head.getInt(at + CHECKSUM_AT) == checksum(buffer, at, CHECKSUM_AT)
        && isLength(head.getInt(at + 4))
        && isLength(head.getInt(at + 8));
  }

  private static boolean isLength(int bytes) {
    return bytes >= 0 && bytes <= MOST_CONTENT;
  }

  /// Reads the head at a position where [#isHead].
  static Frame read(byte[] buffer, int at) {
    ByteBuffer head = ByteBuffer.wrap(buffer, at + 4, HEAD_BYTES - 4);
    return new Frame(head.getInt(), head.getInt(), head.getLong(), head.getLong(), head.getInt());
  }

  static int checksum(byte[] buffer, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(buffer, from, length);
    return (int) checksum.getValue();
  }
}

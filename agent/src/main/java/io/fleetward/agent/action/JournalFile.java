package io.fleetward.agent.action;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// An append-only file of records, each with its length and CRC-32C before it. A record torn by a
/// crash at the end is cut off; damage before that is not forgiven. Confined to one thread.
final class JournalFile implements AutoCloseable {
  private static final int HEAD_BYTES = 8;
  private static final int MOST_RECORD_BYTES = 1 << 20;
  private static final int MOST_FILE_BYTES = 256 << 20;

  private final Path path;
  private final FileChannel channel;

  private JournalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static JournalFile open(Path path) throws IOException {
    return new JournalFile(
        path,
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /// Reads every record and leaves the file ready for the next.
  ///
  /// @throws JournalDamagedException if a record before the last is not as it was written
  List<JournalEntry> readAll() throws IOException {
    ByteBuffer content = readWhole();
    List<JournalEntry> entries = new ArrayList<>();
    while (content.hasRemaining()) {
      int start = content.position();
      if (!readOne(content, entries)) {
        if (!isTorn(content, start)) {
          throw new JournalDamagedException(
              "%s is damaged at byte %d of %d; move it away only when nothing runs and every plan"
                      .formatted(path, start, content.limit())
                  + " of the last minute has expired");
        }
        channel.truncate(start);
        channel.force(true);
        break;
      }
    }
    channel.position(channel.size());
    return entries;
  }

  private ByteBuffer readWhole() throws IOException {
    if (channel.size() > MOST_FILE_BYTES) {
      throw new JournalDamagedException(
          "%s has grown past %d bytes".formatted(path, MOST_FILE_BYTES));
    }
    ByteBuffer content = ByteBuffer.allocate((int) channel.size());
    channel.position(0);
    while (content.hasRemaining() && channel.read(content) >= 0) {
      // until all of it is there
    }
    return content.flip();
  }

  private static boolean readOne(ByteBuffer content, List<JournalEntry> entries) {
    if (content.remaining() < HEAD_BYTES) {
      return false;
    }
    int length = content.getInt();
    int checksum = content.getInt();
    if (length <= 0 || length > MOST_RECORD_BYTES || length > content.remaining()) {
      return false;
    }
    byte[] payload = new byte[length];
    content.get(payload);
    if (checksum(payload) != checksum) {
      return false;
    }
    if (MessageCodec.decode(payload, JournalEntry.class)
        instanceof Decoded.Message(JournalEntry entry)) {
      entries.add(entry);
      return true;
    }
    return false;
  }

  /// Whether the bad record that starts here can be the last one ever written.
  private static boolean isTorn(ByteBuffer content, int start) {
    int left = content.limit() - start;
    if (left < HEAD_BYTES) {
      return true;
    }
    int length = content.getInt(start);
    if (length > 0 && length <= MOST_RECORD_BYTES) {
      return HEAD_BYTES + length >= left;
    }
    for (int i = start; i < content.limit(); i++) {
      if (content.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Appends a record; it is on the disk when this returns.
  void append(JournalEntry entry) throws IOException {
    byte[] payload = MessageCodec.encode(entry);
    ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + payload.length);
    buffer.putInt(payload.length).putInt(checksum(payload)).put(payload).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
  }

  private static int checksum(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

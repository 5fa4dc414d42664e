package io.fleetward.agent.action;

import io.fleetward.agent.linux.DurableMove;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// A file of records, each with its length and CRC-32C before it, that is appended to or replaced
/// as a whole. What no record has taken yet is zeros that are on the disk already, so that a full
/// one does not keep a plan from being written down. A record torn by a crash at the end is blotted
/// out; damage before that is not forgiven. Confined to one thread.
final class JournalFile implements AutoCloseable {
  /// Room for a hundred plans with all that they printed.
  static final int PREALLOCATED_BYTES = 2 << 20;

  private static final int HEAD_BYTES = 8;
  private static final int MOST_RECORD_BYTES = 1 << 20;
  private static final int MOST_FILE_BYTES = 256 << 20;

  private final Path path;
  private FileChannel channel;

  private JournalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Opens a file, which is made with room if there is none.
  static JournalFile open(Path path) throws IOException {
    JournalFile file = new JournalFile(path, openChannel(path));
    if (file.channel.size() == 0) {
      fill(file.channel, 0, PREALLOCATED_BYTES);
      file.channel.force(true);
      DurableMove.syncNames(path);
    }
    return file;
  }

  /// Writes zeros, since a file that is merely long has no place on the disk.
  private static void fill(FileChannel channel, long start, long end) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
    for (long at = start; at < end; at += zeros.limit()) {
      zeros.position(0).limit((int) Math.min(zeros.capacity(), end - at));
      while (zeros.hasRemaining()) {
        channel.write(zeros, at + zeros.position());
      }
    }
  }

  private static FileChannel openChannel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /// Reads every record, one after another, and leaves the file ready for the next.
  ///
  /// @throws JournalDamagedException if a record before the last is not as it was written
  void readAll(Consumer<JournalEntry> taker) throws IOException {
    long size = channel.size();
    if (size > MOST_FILE_BYTES) {
      throw new JournalDamagedException(
          "%s has grown past %d bytes".formatted(path, MOST_FILE_BYTES));
    }
    long start = 0;
    while (start < size) {
      Optional<Stored> stored = readOne(start, size);
      if (stored.isEmpty()) {
        endAt(start, size);
        return;
      }
      taker.accept(stored.get().entry());
      start += stored.get().bytes();
    }
    channel.position(start);
  }

  /// Leaves the file ready for the next record at `start`, where none could be read.
  private void endAt(long start, long size) throws IOException {
    if (!isZeros(start, size)) {
      if (!isTorn(start, size)) {
        throw new JournalDamagedException(
            "%s is damaged at byte %d of %d; move it away only when nothing runs and every plan"
                    .formatted(path, start, size)
                + " of the last minute has expired");
      }
      fill(channel, start, size);
      channel.force(true);
    }
    channel.position(start);
  }

  /// @param bytes what it takes in the file, head included
  private record Stored(JournalEntry entry, int bytes) {}

  private Optional<Stored> readOne(long start, long size) throws IOException {
    if (size - start < HEAD_BYTES) {
      return Optional.empty();
    }
    ByteBuffer head = read(start, HEAD_BYTES);
    int length = head.getInt();
    int checksum = head.getInt();
    if (length <= 0 || length > MOST_RECORD_BYTES || length > size - start - HEAD_BYTES) {
      return Optional.empty();
    }
    byte[] payload = read(start + HEAD_BYTES, length).array();
    return checksum(payload) == checksum
            && MessageCodec.decode(payload, JournalEntry.class)
                instanceof Decoded.Message(JournalEntry entry)
        ? Optional.of(new Stored(entry, HEAD_BYTES + length))
        : Optional.empty();
  }

  private ByteBuffer read(long start, int length) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(length);
    while (content.hasRemaining()) {
      if (channel.read(content, start + content.position()) < 0) {
        throw new EOFException("%s became shorter while it was read".formatted(path));
      }
    }
    return content.flip();
  }

  /// Whether the bad record that starts here can be the last one ever written.
  private boolean isTorn(long start, long size) throws IOException {
    if (size - start < HEAD_BYTES) {
      return true;
    }
    int length = read(start, HEAD_BYTES).getInt();
    return length > 0
        && length <= MOST_RECORD_BYTES
        && isZeros(Math.min(size, start + HEAD_BYTES + length), size);
  }

  private boolean isZeros(long start, long end) throws IOException {
    for (long at = start; at < end; at += MOST_RECORD_BYTES) {
      ByteBuffer part = read(at, (int) Math.min(MOST_RECORD_BYTES, end - at));
      while (part.hasRemaining()) {
        if (part.get() != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// Puts other records in place of all; a crash leaves either the old or the new ones.
  ///
  /// @return false, with everything as it was, if the disk has no room for both
  boolean replaceAll(Iterator<JournalEntry> entries) throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
    long written = 0;
    try (FileChannel other =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (entries.hasNext()) {
        written += write(other, entries.next());
      }
      fill(other, written, PREALLOCATED_BYTES);
      other.force(true);
    } catch (IOException _) {
      // a disk that is full now may be what the next plan repairs, and this file has room left
      Files.deleteIfExists(unfinished);
      return false;
    }
    DurableMove.move(unfinished, path);
    channel.close();
    channel = openChannel(path);
    channel.position(written);
    return true;
  }

  /// Appends a record; it is on the disk when this returns.
  void append(JournalEntry entry) throws IOException {
    write(channel, entry);
    channel.force(false);
  }

  /// @return how many bytes it takes
  private static int write(FileChannel channel, JournalEntry entry) throws IOException {
    byte[] payload = MessageCodec.encode(entry);
    ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + payload.length);
    buffer.putInt(payload.length).putInt(checksum(payload)).put(payload).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return buffer.limit();
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

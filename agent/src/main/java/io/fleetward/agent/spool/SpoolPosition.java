package io.fleetward.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// How far a spool has been delivered, in a file of its own. If it is lost, records are delivered
/// again; so it is never waited for. Confined to the spool's thread.
final class SpoolPosition implements AutoCloseable {
  private static final int BYTES = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private final byte[] bytes = new byte[BYTES];
  private long next;

  private SpoolPosition(FileChannel channel) {
    this.channel = channel;
  }

  static SpoolPosition open(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("position"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    SpoolPosition position = new SpoolPosition(channel);
    try {
      position.lock(folder);
      position.read();
      return position;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Two agents on one spool would write over each other's records.
  private void lock(Path folder) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("%s is in use by another process".formatted(folder));
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("%s is in use by this process already".formatted(folder), e);
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int count = channel.read(buffer, 0);
    if (count == BYTES
        && buffer.getInt(Long.BYTES) == Frame.checksum(bytes, 0, Long.BYTES)
        && buffer.getLong(0) >= 0) {
      next = buffer.getLong(0);
    }
  }

  /// The sequence of the first record that was not delivered; 0 if that is unknown.
  long next() {
    return next;
  }

  /// Remembers it, and tries to write it down.
  ///
  /// @return whether it could be written
  boolean advance(long sequence) {
    next = sequence;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putLong(0, sequence).putInt(Long.BYTES, Frame.checksum(bytes, 0, Long.BYTES));
    try {
      channel.write(buffer, 0);
      return true;
    } catch (IOException _) {
      // on a full disk: then records are delivered again after a restart
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

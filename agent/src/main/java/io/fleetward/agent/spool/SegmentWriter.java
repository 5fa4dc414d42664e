package io.fleetward.agent.spool;

import io.fleetward.agent.linux.DurableMove;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// Writes records to the end of a new segment. Confined to the spool's thread.
final class SegmentWriter implements AutoCloseable {
  private final Segment segment;
  private final FileChannel channel;
  private boolean isAhead;

  private SegmentWriter(Segment segment, FileChannel channel) {
    this.segment = segment;
    this.channel = channel;
  }

  /// Makes the file; its name is on the disk when this returns.
  static SegmentWriter create(Segment segment) throws IOException {
    // an empty file of that name can be there from an attempt on a full disk
    FileChannel channel =
        FileChannel.open(
            segment.file(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      DurableMove.syncNames(segment.file());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new SegmentWriter(segment, channel);
  }

  Segment segment() {
    return segment;
  }

  /// Writes one frame; the operating system has it when this returns.
  ///
  /// @throws IOException if it could not be written whole; the segment then ends before it, as far
  ///   as readers are concerned
  void write(byte[] frame, int length) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(frame, 0, length);
    while (source.hasRemaining()) {
      channel.write(source, segment.bytes() + source.position());
    }
    segment.grow(length);
    isAhead = true;
  }

  /// Has the disk take what the operating system has.
  void sync() throws IOException {
    if (isAhead) {
      channel.force(false);
      isAhead = false;
    }
  }

  /// Ends without a care for what was written, which is about to be removed.
  void abandon() throws IOException {
    channel.close();
  }

  @Override
  public void close() throws IOException {
    try {
      // what a failed write left behind; readers would pass over it too
      channel.truncate(segment.bytes());
      sync();
    } finally {
      channel.close();
    }
  }
}

package io.fleetward.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;

/// Reads a segment from its beginning, passing over what is damaged. Confined to the spool's
/// thread.
final class SegmentReader implements AutoCloseable {
  private static final int WINDOW = 16 << 10;

  private final Segment segment;
  private final FileChannel channel;
  private final Packing packing;
  private byte[] window = new byte[WINDOW];
  private long position;
  private long passedOver;

  private SegmentReader(Segment segment, FileChannel channel, Packing packing) {
    this.segment = segment;
    this.channel = channel;
    this.packing = packing;
  }

  static SegmentReader open(Segment segment, Packing packing) throws IOException {
    return new SegmentReader(
        segment, FileChannel.open(segment.file(), StandardOpenOption.READ), packing);
  }

  Segment segment() {
    return segment;
  }

  /// Bytes that were passed over since this was last asked.
  long takePassedOver() {
    long taken = passedOver;
    passedOver = 0;
    return taken;
  }

  /// The next whole record; empty at the end of what was written.
  ///
  /// @throws IOException if the disk does not give it
  Optional<SpooledEntry> next() throws IOException {
    while (position + Frame.HEAD_BYTES <= segment.bytes()) {
      load(position, Frame.HEAD_BYTES);
      if (!Frame.isHead(window, 0)) {
        search();
        continue;
      }
      Frame frame = Frame.read(window, 0);
      if (position + frame.bytes() > segment.bytes()) {
        // torn: whatever follows its head belongs to it, or to nobody
        passOver(Frame.HEAD_BYTES);
        continue;
      }
      load(position, (int) frame.bytes());
      Optional<byte[]> content = content(frame);
      if (content.isPresent()) {
        position += frame.bytes();
        return Optional.of(new SpooledEntry(frame.sequence(), frame.timeMillis(), content.get()));
      }
      passOver(Frame.HEAD_BYTES);
    }
    passOver(Math.max(0, segment.bytes() - position));
    return Optional.empty();
  }

  private Optional<byte[]> content(Frame frame) {
    if (Frame.checksum(window, Frame.HEAD_BYTES, frame.storedBytes()) != frame.contentChecksum()) {
      return Optional.empty();
    }
    if (!frame.isPacked()) {
      int end = Frame.HEAD_BYTES + frame.storedBytes();
      return Optional.of(Arrays.copyOfRange(window, Frame.HEAD_BYTES, end));
    }
    try {
      return Optional.of(
          packing.unpack(window, Frame.HEAD_BYTES, frame.storedBytes(), frame.fullBytes()));
    } catch (DataFormatException _) {
      // the checksum fits by chance, or it was written by another version
      return Optional.empty();
    }
  }

  /// Goes on to the next place where a head may stand.
  private void search() throws IOException {
    int length = (int) Math.min(window.length, segment.bytes() - position);
    load(position, length);
    int at = 1;
    while (at + Frame.HEAD_BYTES <= length && !Frame.isHead(window, at)) {
      at++;
    }
    passOver(at);
  }

  private void passOver(long bytes) {
    position += bytes;
    passedOver += bytes;
  }

  private void load(long from, int length) throws IOException {
    if (window.length < length) {
      window = new byte[length];
    }
    ByteBuffer target = ByteBuffer.wrap(window, 0, length);
    while (target.hasRemaining()) {
      if (channel.read(target, from + target.position()) < 0) {
        throw new IOException("%s has become shorter".formatted(segment.file()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

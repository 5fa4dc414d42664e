package io.fleetward.agent.spool;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Packs and unpacks contents, each for itself, so that damage to one costs no other. Holds memory
/// outside the heap from its first use until it is closed. Confined to one thread.
final class Packing implements AutoCloseable {
  private @Nullable Deflater deflater;
  private @Nullable Inflater inflater;

  /// Packs a content into a buffer.
  ///
  /// @return how many bytes it took; 0 if it would not get smaller, or not fit
  int pack(byte[] content, byte[] target, int from) {
    int room = Math.min(target.length - from, content.length - 1);
    if (room <= 0) {
      return 0;
    }
    Deflater used = deflater == null ? new Deflater(Deflater.BEST_SPEED, true) : deflater;
    deflater = used;
    used.reset();
    used.setInput(content);
    used.finish();
    int packed = used.deflate(target, from, room);
    return used.finished() ? packed : 0;
  }

  /// Unpacks a content.
  ///
  /// @throws DataFormatException if it is not what [#pack] made of as many bytes
  byte[] unpack(byte[] packed, int from, int length, int fullBytes) throws DataFormatException {
    byte[] content = new byte[fullBytes];
    Inflater used = inflater == null ? new Inflater(true) : inflater;
    inflater = used;
    used.reset();
    used.setInput(packed, from, length);
    int unpacked = used.inflate(content);
    if (unpacked != fullBytes || !(used.finished() || used.inflate(new byte[1]) == 0)) {
      throw new DataFormatException("%d bytes instead of %d".formatted(unpacked, fullBytes));
    }
    return content;
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
    }
    if (inflater != null) {
      inflater.end();
    }
  }
}

package io.fleetward.models.host;

import io.fleetward.models.host.ModelShelf.Part;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// All that an ensemble had learnt after some number of rows, in pieces on a shelf, each well below
/// what a record may hold: magic and version, rows, length and CRC-32C of the state, then the
/// state; big-endian.
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the shelf
record Snapshot(long rows, byte[] state) {
  private static final int MAGIC = 0x46574A01; // "FWJ", version 1
  private static final int HEADER = Integer.BYTES + Long.BYTES + 2 * Integer.BYTES;
  private static final int PIECE = 256 << 10;
  private static final int MOST_BYTES = 64 << 20;

  /// What reading a shelf gives.
  sealed interface Found {
    record Nothing() implements Found {}

    record Usable(Snapshot snapshot) implements Found {}

    record Unusable(String reason) implements Found {}
  }

  void write(ModelShelf shelf) {
    byte[] all =
        ByteBuffer.allocate(HEADER + state.length)
            .putInt(MAGIC)
            .putLong(rows)
            .putInt(state.length)
            .putInt(checksum(rows, state))
            .put(state)
            .array();
    for (int from = 0; from < all.length; from += PIECE) {
      byte[] piece = new byte[Math.min(PIECE, all.length - from)];
      System.arraycopy(all, from, piece, 0, piece.length);
      shelf.put(Part.SNAPSHOT, from / PIECE, piece);
    }
  }

  static Found read(ModelShelf shelf) {
    Optional<byte[]> first = shelf.get(Part.SNAPSHOT, 0);
    if (first.isEmpty()) {
      return new Found.Nothing();
    }
    ByteBuffer header = ByteBuffer.wrap(first.get());
    if (header.remaining() < HEADER || header.getInt() != MAGIC) {
      return new Found.Unusable("its snapshot is of another version");
    }
    long rows = header.getLong();
    int length = header.getInt();
    int checksum = header.getInt();
    if (rows < 1 || length < 0 || length > MOST_BYTES) {
      return new Found.Unusable("its snapshot was altered");
    }
    ByteBuffer all = ByteBuffer.allocate(HEADER + length);
    for (int piece = 0; all.hasRemaining(); piece++) {
      byte[] bytes = shelf.get(Part.SNAPSHOT, piece).orElse(new byte[0]);
      if (bytes.length == 0 || bytes.length > all.remaining()) {
        return new Found.Unusable("its snapshot is not whole");
      }
      all.put(bytes);
    }
    byte[] state = new byte[length];
    all.get(HEADER, state);
    return checksum == checksum(rows, state)
        ? new Found.Usable(new Snapshot(rows, state))
        : new Found.Unusable("its snapshot was altered: the checksum does not match");
  }

  private static int checksum(long rows, byte[] state) {
    var checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, rows));
    checksum.update(state);
    return (int) checksum.getValue();
  }
}

package io.fleetward.rules.series;

import java.util.ArrayList;

/// The older samples of a series that long ranges still see, in compressed blocks, oldest first.
/// Confined to its host's thread.
final class History {
  /// How many samples a block holds.
  static final int BLOCK = 120;

  private final ArrayList<Block> blocks = new ArrayList<>(1);

  void add(Block block) {
    blocks.add(block);
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /// Drops blocks whose newest sample is no longer seen.
  void forgetUntil(long horizon) {
    while (!blocks.isEmpty() && blocks.getFirst().lastTime() <= horizon) {
      blocks.removeFirst();
    }
  }

  /// Whether some sample may lie after a time.
  boolean reachesAfter(long afterMillis) {
    return !blocks.isEmpty() && blocks.getLast().lastTime() > afterMillis;
  }

  void read(BlockReader reader, long afterMillis, long untilMillis, Block.Sink sink) {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.lastTime() > afterMillis && block.firstTime() <= untilMillis) {
        reader.read(block, afterMillis, untilMillis, sink);
      }
    }
  }

  void digest(BlockReader reader, long afterMillis, long untilMillis, Digest digest) {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean isWhole = block.firstTime() > afterMillis && block.lastTime() <= untilMillis;
      if (isWhole && block.summary().isPlain()) {
        digest.add(block.summary());
      } else if (block.lastTime() > afterMillis && block.firstTime() <= untilMillis) {
        reader.read(block, afterMillis, untilMillis, digest);
      }
    }
  }
}

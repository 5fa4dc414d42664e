package io.fleetward.rules.series;

import java.util.ArrayDeque;
import java.util.Deque;

/// The older samples of a series that long ranges still see, in compressed blocks, oldest first.
/// Confined to its host's thread.
final class History {
  /// How many samples a block holds.
  static final int BLOCK = 120;

  private final Deque<Block> blocks = new ArrayDeque<>(4);

  void add(Block block) {
    blocks.addLast(block);
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

  void read(long afterMillis, long untilMillis, Block.Sink sink) {
    for (Block block : blocks) {
      if (block.lastTime() > afterMillis && block.firstTime() <= untilMillis) {
        block.read(afterMillis, untilMillis, sink);
      }
    }
  }

  void read(long afterMillis, long untilMillis, Digest digest) {
    for (Block block : blocks) {
      boolean isWhole = block.firstTime() > afterMillis && block.lastTime() <= untilMillis;
      if (isWhole && block.summary().isPlain()) {
        digest.add(block.summary());
      } else if (block.lastTime() > afterMillis && block.firstTime() <= untilMillis) {
        block.read(afterMillis, untilMillis, (Block.Sink) digest);
      }
    }
  }
}

package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Where labels lie between 0 and 1, as Prometheus spreads them for `limit_ratio`: the xxHash of
/// names and values, each after its length.
final class LabelHash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private LabelHash() {}

  /// A place from 0 to 1, both included.
  static double share(Labels labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      write(labels.nameAt(i), bytes);
      write(labels.valueAt(i), bytes);
    }
    long hash = hash(bytes.toByteArray());
    // twice the half, its last bit kept for the rounding
    double unsigned = hash >= 0 ? hash : ((hash >>> 1) | (hash & 1)) * 2.0;
    return unsigned / 0x1p64;
  }

  private static void write(String text, ByteArrayOutputStream bytes) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (encoded.length < 255) {
      bytes.write(encoded.length);
    } else {
      bytes.write(255);
      bytes.write(encoded.length);
      bytes.write(encoded.length >> 8);
      bytes.write(encoded.length >> 16);
    }
    bytes.writeBytes(encoded);
  }

  /// XXH64 with the seed 0.
  static long hash(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long hash = (rest.remaining() >= 32 ? ofStripes(rest, 0) : PRIME_5) + bytes.length;
    while (rest.remaining() >= 8) {
      hash = Long.rotateLeft(hash ^ round(0, rest.getLong()), 27) * PRIME_1 + PRIME_4;
    }
    if (rest.remaining() >= 4) {
      long word = rest.getInt() & 0xFFFF_FFFFL;
      hash = Long.rotateLeft(hash ^ (word * PRIME_1), 23) * PRIME_2 + PRIME_3;
    }
    while (rest.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ ((rest.get() & 0xFF) * PRIME_5), 11) * PRIME_1;
    }
    hash = (hash ^ (hash >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }

  private static long ofStripes(ByteBuffer rest, long seed) {
    long[] lanes = {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
    while (rest.remaining() >= 32) {
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = round(lanes[i], rest.getLong());
      }
    }
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }
}

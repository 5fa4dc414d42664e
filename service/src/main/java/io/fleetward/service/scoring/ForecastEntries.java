package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is stored of a host's forecasts: now and then the state of one resource, and at each
/// observation what was seen and told of all, which brings older states up to date.
final class ForecastEntries {
  private static final byte VERSION = 1;

  private ForecastEntries() {}

  /// What was seen and told of one resource.
  ///
  /// @param number of the resource
  /// @param left NaN if it was not there
  /// @param told the values of its series
  @SuppressWarnings("ArrayRecordComponent") // on its way to and from the store, never compared
  record Seen(int number, double left, double[] told) {
    private static final int BYTES = Integer.BYTES + (1 + ForecastResource.SERIES) * Double.BYTES;
  }

  /// One observation of all resources.
  ///
  /// @param number how many came before
  record Observation(long number, long tick, List<Seen> seen) {
    private static final int BYTES_BEFORE = 1 + 2 * Long.BYTES;

    Observation {
      seen = List.copyOf(seen);
    }

    byte[] toBytes() {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES_BEFORE + seen.size() * Seen.BYTES);
      bytes.put(VERSION).putLong(number).putLong(tick);
      for (Seen one : seen) {
        bytes.putInt(one.number()).putDouble(one.left());
        for (double value : one.told()) {
          bytes.putDouble(value);
        }
      }
      return bytes.array();
    }

    /// Empty if another version wrote the bytes.
    static Optional<Observation> fromBytes(byte[] bytes) {
      if (bytes.length < BYTES_BEFORE
          || bytes[0] != VERSION
          || (bytes.length - BYTES_BEFORE) % Seen.BYTES != 0) {
        return Optional.empty();
      }
      ByteBuffer from = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      long observation = from.getLong();
      long tick = from.getLong();
      List<Seen> seen = new ArrayList<>();
      while (from.hasRemaining()) {
        int number = from.getInt();
        double left = from.getDouble();
        double[] told = new double[ForecastResource.SERIES];
        for (int i = 0; i < told.length; i++) {
          told[i] = from.getDouble();
        }
        seen.add(new Seen(number, left, told));
      }
      return Optional.of(new Observation(observation, tick, seen));
    }
  }

  /// A resource's state at a tick.
  @SuppressWarnings("ArrayRecordComponent") // on its way to and from the store, never compared
  record Kept(Labels room, long tick, byte[] state) {
    byte[] toBytes() {
      List<byte[]> texts = new ArrayList<>();
      for (Map.Entry<String, String> label : room.toMap().entrySet()) {
        texts.add(label.getKey().getBytes(StandardCharsets.UTF_8));
        texts.add(label.getValue().getBytes(StandardCharsets.UTF_8));
      }
      int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
      ByteBuffer bytes =
          ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + length + state.length);
      bytes.put(VERSION).putLong(tick).putInt(texts.size());
      texts.forEach(text -> bytes.putInt(text.length).put(text));
      return bytes.put(state).array();
    }

    /// Empty if another version wrote the bytes.
    static Optional<Kept> fromBytes(byte[] bytes) {
      if (bytes.length < 1 || bytes[0] != VERSION) {
        return Optional.empty();
      }
      ByteBuffer from = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      long tick = from.getLong();
      String[] namesAndValues = new String[from.getInt()];
      for (int i = 0; i < namesAndValues.length; i++) {
        byte[] text = new byte[from.getInt()];
        from.get(text);
        namesAndValues[i] = new String(text, StandardCharsets.UTF_8);
      }
      byte[] state = new byte[from.remaining()];
      from.get(state);
      return Optional.of(new Kept(Labels.of(namesAndValues), tick, state));
    }
  }
}

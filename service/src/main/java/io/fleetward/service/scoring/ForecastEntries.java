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
  private static final byte VERSION = 2;
  private static final byte VERSION_OF_STATES = 1;

  /// A value of a resource that was seen comes before those of its series.
  private static final int LEFT = 1 << ForecastResource.SERIES;

  private ForecastEntries() {}

  /// What was seen and told of one resource.
  ///
  /// @param number of the resource
  /// @param left NaN if it was not there
  /// @param told the values of its series
  @SuppressWarnings("ArrayRecordComponent") // on its way to and from the store, never compared
  record Seen(int number, double left, double[] told) {
    private static final int BYTES_BEFORE = 2;

    /// Which values there are; most resources have but two.
    private int mask() {
      int mask = Double.isNaN(left) ? 0 : LEFT;
      for (int i = 0; i < told.length; i++) {
        mask |= Double.isNaN(told[i]) ? 0 : 1 << i;
      }
      return mask;
    }

    private int bytes() {
      return BYTES_BEFORE + Integer.bitCount(mask()) * Double.BYTES;
    }

    private void write(ByteBuffer to) {
      int mask = mask();
      to.put((byte) number).put((byte) mask);
      if ((mask & LEFT) != 0) {
        to.putDouble(left);
      }
      for (int i = 0; i < told.length; i++) {
        if ((mask & 1 << i) != 0) {
          to.putDouble(told[i]);
        }
      }
    }

    private static Seen read(ByteBuffer from) {
      int number = from.get();
      int mask = from.get();
      double left = (mask & LEFT) != 0 ? from.getDouble() : Double.NaN;
      double[] told = new double[ForecastResource.SERIES];
      for (int i = 0; i < told.length; i++) {
        told[i] = (mask & 1 << i) != 0 ? from.getDouble() : Double.NaN;
      }
      return new Seen(number, left, told);
    }
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
      ByteBuffer bytes =
          ByteBuffer.allocate(BYTES_BEFORE + seen.stream().mapToInt(Seen::bytes).sum());
      bytes.put(VERSION).putLong(number).putLong(tick);
      seen.forEach(one -> one.write(bytes));
      return bytes.array();
    }

    /// Empty if another version wrote the bytes.
    static Optional<Observation> fromBytes(byte[] bytes) {
      if (bytes.length < BYTES_BEFORE || bytes[0] != VERSION) {
        return Optional.empty();
      }
      ByteBuffer from = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      long observation = from.getLong();
      long tick = from.getLong();
      List<Seen> seen = new ArrayList<>();
      while (from.hasRemaining()) {
        seen.add(Seen.read(from));
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
      bytes.put(VERSION_OF_STATES).putLong(tick).putInt(texts.size());
      texts.forEach(text -> bytes.putInt(text.length).put(text));
      return bytes.put(state).array();
    }

    /// Empty if another version wrote the bytes.
    static Optional<Kept> fromBytes(byte[] bytes) {
      if (bytes.length < 1 || bytes[0] != VERSION_OF_STATES) {
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

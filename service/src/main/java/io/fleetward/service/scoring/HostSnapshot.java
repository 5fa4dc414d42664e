package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded.Message;
import io.fleetward.rules.engine.HostRules;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// What the rules of one host can still see at the end of a tick, all in one: samples, what rules
/// recorded, alerts. Records since then are in the host's journal.
///
/// @param number of the last record that is in it
/// @param tick the host's newest
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to and from the store
record HostSnapshot(long number, long tick, byte[] state) {
  private static final byte FORMAT = 1;
  private static final int PIECE_BYTES = 256 * 1024;

  /// More than a host can have; less than what would harm to unpack.
  private static final int MOST_BYTES = 256 << 20;

  static HostSnapshot of(HostRules rules, long number, long tick) {
    PackedWriter writer = new PackedWriter();
    writer.bytes(MessageCodec.encode(new HostCondition(rules.alerts(), List.of(), null)));
    Map<String, Set<Labels>> recorded = rules.recorded();
    writer.number(recorded.size());
    recorded.forEach((key, series) -> {
      writer.text(key);
      writer.number(series.size());
      series.forEach(labels -> write(writer, labels));
    });
    rules.visit((labels, times, values, size) -> {
      write(writer, labels);
      write(writer, times, values, size);
    });
    return new HostSnapshot(number, tick, writer.toBytes());
  }

  private static void write(PackedWriter writer, Labels labels) {
    writer.number(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      writer.text(labels.nameAt(i));
      writer.text(labels.valueAt(i));
    }
  }

  private static Labels labels(PackedReader reader) {
    String[] pairs = new String[2 * reader.count()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = reader.text();
    }
    return Labels.ofSorted(pairs);
  }

  /// Writes samples, each as its difference from the one before.
  private static void write(PackedWriter writer, long[] times, double[] values, int size) {
    writer.number(size);
    long time = 0;
    long step = 0;
    long bits = 0;
    for (int i = 0; i < size; i++) {
      long newStep = times[i] - time;
      writer.signed(newStep - step);
      step = newStep;
      time = times[i];
      long newBits = Double.doubleToRawLongBits(values[i]);
      writer.bits(newBits ^ bits);
      bits = newBits;
    }
  }

  /// Gives a new host all that is in it.
  ///
  /// @throws IllegalArgumentException or IndexOutOfBoundsException if the state is broken; then the
  ///   host must not be used
  void restore(HostRules rules) {
    PackedReader reader = new PackedReader(state);
    if (!(MessageCodec.decode(reader.bytes(), HostCondition.class) instanceof Message(var known))) {
      throw new IllegalArgumentException("alerts that cannot be read");
    }
    Map<String, Set<Labels>> recorded = new HashMap<>();
    for (int rule = reader.count(); rule > 0; rule--) {
      String key = reader.text();
      Set<Labels> series = new HashSet<>();
      for (int left = reader.count(); left > 0; left--) {
        series.add(labels(reader));
      }
      recorded.put(key, series);
    }
    while (!reader.isAtEnd()) {
      restoreSeries(reader, rules);
    }
    rules.restoreRecorded(recorded);
    rules.restoreAlerts(known.alerts());
  }

  private static void restoreSeries(PackedReader reader, HostRules rules) {
    int slot = rules.slot(labels(reader));
    long time = 0;
    long step = 0;
    long bits = 0;
    for (int left = reader.count(); left > 0; left--) {
      step += reader.signed();
      time += step;
      bits ^= reader.bits();
      rules.append(slot, time, Double.longBitsToDouble(bits));
    }
  }

  /// The snapshot for the store, compressed.
  byte[] toBytes() {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(state);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(1_024 + state.length / 2);
      byte[] buffer = new byte[8_192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      PackedWriter writer = new PackedWriter();
      writer.number(FORMAT);
      writer.signed(number);
      writer.signed(tick);
      writer.number(state.length);
      writer.bytes(out.toByteArray());
      return writer.toBytes();
    } finally {
      deflater.end();
    }
  }

  /// Reads what [#toBytes] wrote; empty if another format wrote it, or part of it is missing.
  static Optional<HostSnapshot> fromBytes(byte[] bytes) {
    Inflater inflater = new Inflater();
    try {
      PackedReader reader = new PackedReader(bytes);
      if (reader.number() != FORMAT) {
        return Optional.empty();
      }
      long number = reader.signed();
      long tick = reader.signed();
      long length = reader.number();
      if (length < 0 || length > MOST_BYTES) {
        return Optional.empty();
      }
      byte[] state = new byte[(int) length];
      inflater.setInput(reader.bytes());
      int read = inflater.inflate(state);
      return read == state.length
          ? Optional.of(new HostSnapshot(number, tick, state))
          : Optional.empty();
    } catch (DataFormatException | IndexOutOfBoundsException | IllegalArgumentException _) {
      // not ours, or cut off
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  /// Puts it into the store in place of the one before, in pieces that fit into records.
  void put(HostStore store) {
    byte[] bytes = toBytes();
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE_BYTES)));
    }
    for (int piece = 0; piece < pieces.size(); piece++) {
      store.put(HostStore.Kind.WINDOWS, piece, pieces.get(piece));
    }
    for (int piece = pieces.size(); store.get(HostStore.Kind.WINDOWS, piece).isPresent(); piece++) {
      store.delete(HostStore.Kind.WINDOWS, piece);
    }
  }

  /// Reads the one in the store; empty if there is none of this format.
  static Optional<HostSnapshot> get(HostStore store) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.forEach(HostStore.Kind.WINDOWS, 0, Long.MAX_VALUE, (_, piece) -> bytes.writeBytes(piece));
    return bytes.size() == 0 ? Optional.empty() : fromBytes(bytes.toByteArray());
  }
}

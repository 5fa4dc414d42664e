package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Scrapes of one host as what changed since the one before in the same layout: most series change
/// little, many not at all. A scrape is written so if each series has one sample and all have one
/// time. On the stream thread.
final class ScrapeChanges {
  private static final long[] NONE = {};

  /// The slots of the layout's series, which stand for the layout; null before the first.
  private int @Nullable [] slots;

  /// The values' bits of the newest scrape, in the order of the layout.
  private long[] bits = NONE;

  /// Forgets what came before: the next scrape is written whole.
  void clear() {
    slots = null;
    bits = NONE;
  }

  /// Remembers a scrape that is written whole.
  ///
  /// @param layout the slots by which others of its layout are known
  void remember(WriteRequest request, int[] layout) {
    List<TimeSeries> series = request.series();
    long[] values = new long[series.size()];
    for (int i = 0; i < values.length; i++) {
      TimeSeries one = series.get(i);
      if (one.size() != 1 || one.timeMillis(0) != series.getFirst().timeMillis(0)) {
        clear();
        return;
      }
      values[i] = Double.doubleToRawLongBits(one.value(0));
    }
    slots = layout;
    bits = values;
  }

  /// What changed since the scrape before; empty if this one has to be written whole.
  @SuppressWarnings("ReferenceEquality") // the array stands for the layout
  Optional<byte[]> write(Samples.Slotted samples) {
    SampleTable table = samples.table();
    if (!isRegular(samples)) {
      clear();
      return Optional.empty();
    }
    if (slots != samples.slots()) {
      slots = samples.slots();
      bits = new long[table.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToRawLongBits(table.value(i));
      }
      return Optional.empty();
    }
    PackedWriter writer = new PackedWriter();
    int unchanged = 0;
    for (int i = 0; i < bits.length; i++) {
      long now = Double.doubleToRawLongBits(table.value(i));
      if (now == bits[i]) {
        unchanged++;
      } else {
        writer.number(unchanged);
        writer.bits(now ^ bits[i]);
        bits[i] = now;
        unchanged = 0;
      }
    }
    return Optional.of(writer.toBytes());
  }

  private static boolean isRegular(Samples.Slotted samples) {
    SampleTable table = samples.table();
    for (int i = 0; i < table.size(); i++) {
      if (table.series(i) != i || table.timeMillis(i) != table.newestMillis()) {
        return false;
      }
    }
    return table.size() == samples.slots().length;
  }

  /// Reads what [#write] wrote after the same scrapes.
  ///
  /// @return the bits of all values
  /// @throws IndexOutOfBoundsException if it was written after others
  long[] read(byte[] changes) {
    PackedReader reader = new PackedReader(changes);
    int at = 0;
    while (!reader.isAtEnd()) {
      at += Math.clamp(reader.number(), 0, bits.length);
      bits[at++] ^= reader.bits();
    }
    return bits;
  }
}

package io.fleetward.bench.fleet;

import io.fleetward.bench.NodeExporterHost;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The records of many made-up hosts as their agents would send them. All hosts have the same
/// devices, each its own values; some are ill. Any record can be had at any time, and is the same
/// for the same seed.
///
/// One request is encoded with marks where values belong; a host's record is a copy with its name,
/// time and values filled in. Immutable.
final class FleetRecords {
  static final long INTERVAL_MILLIS = 10_000;
  static final int SERIES = NodeExporterHost.SERIES;

  /// A fault lasts for so many scrapes.
  static final int FAULT_STEPS = 6;

  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MARK = 0x7A5A_A5A5L;
  private static final long ANY_TIME = 1_800_000_000_000L;
  private static final int TIME_BYTES = 6;
  private static final int DIGITS = 6;
  private static final int ONE_IN_FAULT = 100;
  private static final int ONE_IN_ILL = 50;

  private final long seed;
  private final NodeExporterHost kind = new NodeExporterHost(name(0), 0, false);
  private final byte[] template;
  private final int nameAt;
  private final int[] valueAt = new int[SERIES];
  private final int faultSeries;
  private final int illSeries;

  FleetRecords(long seed) {
    this.seed = seed;
    List<Labels> series = IntStream.range(0, SERIES).mapToObj(kind::labels).toList();
    double[] marks =
        IntStream.range(0, SERIES)
            .mapToDouble(i -> Double.longBitsToDouble((MARK << 32) | i))
            .toArray();
    template =
        new RemoteWriteEncoder().encode(new Scrape(new SeriesLayout(series), ANY_TIME, marks));
    nameAt = find(name(0));
    for (int at = 0; at <= template.length - Long.BYTES; at++) {
      long bits = (long) LITTLE_ENDIAN_LONG.get(template, at);
      if (bits >>> 32 == MARK) {
        valueAt[(int) bits] = at;
      }
    }
    faultSeries = position(series, "node_textfile_scrape_error", "");
    illSeries = position(series, "node_filesystem_avail_bytes", "/srv");
  }

  private static int position(List<Labels> series, String name, String mountpoint) {
    return IntStream.range(0, SERIES)
        .filter(i ->
            series.get(i).metricName().equals(name)
                && series.get(i).value("mountpoint").equals(mountpoint))
        .findFirst()
        .orElseThrow();
  }

  private int find(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at <= template.length - wanted.length; at++) {
      if (Arrays.equals(template, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new IllegalStateException(text + " is not in the record");
  }

  /// A host's instance; all are of one length.
  static String name(int host) {
    return "host-%06d.dc-1.example.net".formatted(host);
  }

  /// The labels of a host's series, as its records hold them.
  Labels labels(int host, int series) {
    return kind.labels(series).with(Labels.INSTANCE, name(host));
  }

  /// The record of a scrape.
  ///
  /// @param step tells the values; the next scrape has the next one
  byte[] record(int host, long step, long timeMillis) {
    byte[] record = template.clone();
    int rest = host;
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      record[nameAt + "host-".length() + digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    for (int series = 0; series < SERIES; series++) {
      int at = valueAt[series];
      LITTLE_ENDIAN_LONG.set(record, at, Double.doubleToRawLongBits(value(host, series, step)));
      time(record, at + Long.BYTES + 1, timeMillis);
    }
    return record;
  }

  private static void time(byte[] record, int at, long timeMillis) {
    for (int i = 0; i < TIME_BYTES; i++) {
      int more = i < TIME_BYTES - 1 ? 0x80 : 0;
      record[at + i] = (byte) (((timeMillis >>> (7 * i)) & 0x7f) | more);
    }
  }

  /// The value of one series of a host.
  double value(int host, int series, long step) {
    if (series == faultSeries) {
      return isFaulty(host, step) ? 1 : 0;
    }
    double value = kind.value(seed + host, series, step);
    return series == illSeries && isIll(host) ? value / 30 : value;
  }

  /// Whether a collector of the host fails at a step, which an alert without delay tells.
  boolean isFaulty(int host, long step) {
    return mixed(host, step / FAULT_STEPS) % ONE_IN_FAULT == 0;
  }

  /// Whether a file system of the host is nearly full.
  boolean isIll(int host) {
    return mixed(host, -1) % ONE_IN_ILL == 0;
  }

  private int mixed(int host, long period) {
    long x = seed * 0x9E3779B97F4A7C15L + host * 0xD1B54A32D192ED03L + period * 0x8CB92BA72F3D8DD7L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    return (int) ((x ^ (x >>> 31)) >>> 33);
  }
}

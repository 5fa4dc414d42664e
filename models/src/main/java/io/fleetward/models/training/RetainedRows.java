package io.fleetward.models.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/// The rows of a class of hosts that training can see: the newest of each of some hosts. Confined
/// to one thread; [#snapshot] may go to another.
///
/// Hosts are thinned, not rows: the detector looks at spans of rows, and every second row would
/// teach it another pace. Which hosts stay depends on their names alone, so that every instance of
/// the service and every restart keeps the same ones.
public final class RetainedRows {
  private final int features;
  private final int mostHosts;
  private final int mostRows;

  /// By how the names mix, so that the last one is the first to go.
  private final TreeMap<Long, Ring> rings = new TreeMap<>();

  /// @param mostHosts so many are kept, at least 1
  /// @param mostRows so many are kept of each
  public RetainedRows(int features, int mostHosts, int mostRows) {
    this.features = features;
    this.mostHosts = mostHosts;
    this.mostRows = mostRows;
  }

  /// Takes a row; one that is not newer than the host's newest is known already and left out.
  ///
  /// @param seconds event time, since 1970
  /// @param row only read now; NaN for a feature without a value
  /// @param score that the host's detector gave, NaN if UNDETERMINED
  /// @throws IllegalArgumentException if the row has another number of features
  public void add(String instance, long seconds, double[] row, double score, boolean alarm) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          "a row of %d features among rows of %d".formatted(row.length, features));
    }
    long place = HostSample.placeOf(instance);
    Ring ring = rings.get(place);
    if (ring == null) {
      if (rings.size() >= mostHosts && place > rings.lastKey()) {
        return;
      }
      ring = new Ring(instance);
      rings.put(place, ring);
      if (rings.size() > mostHosts) {
        rings.pollLastEntry();
      }
    }
    ring.add(seconds, row, score, alarm);
  }

  /// What is kept now, by the names of the hosts.
  public List<HostRows> snapshot() {
    List<HostRows> hosts = new ArrayList<>();
    rings.values().forEach(ring -> hosts.add(ring.rows()));
    hosts.sort((a, b) -> a.instance().compareTo(b.instance()));
    return List.copyOf(hosts);
  }

  public long rows() {
    return rings.values().stream().mapToLong(ring -> ring.count).sum();
  }

  private final class Ring {
    private final String instance;
    private long[] seconds = new long[64];
    private float[] values = new float[64 * features];
    private float[] scores = new float[64];
    private final BitSet alarms = new BitSet();
    private int first;
    private int count;

    Ring(String instance) {
      this.instance = instance;
    }

    void add(long second, double[] row, double score, boolean alarm) {
      if (count > 0 && second <= seconds[(first + count - 1) % seconds.length]) {
        return;
      }
      if (count == seconds.length && count < mostRows) {
        grow();
      }
      int place = (first + count) % seconds.length;
      if (count == seconds.length) {
        first = (first + 1) % seconds.length;
      } else {
        count++;
      }
      seconds[place] = second;
      scores[place] = (float) score;
      alarms.set(place, alarm);
      for (int i = 0; i < features; i++) {
        values[place * features + i] = (float) row[i];
      }
    }

    /// Only before the first row had to go, so that the oldest is at 0.
    private void grow() {
      int more = Math.min(2 * seconds.length, mostRows);
      seconds = Arrays.copyOf(seconds, more);
      scores = Arrays.copyOf(scores, more);
      values = Arrays.copyOf(values, more * features);
    }

    HostRows rows() {
      long[] times = new long[count];
      float[] rows = new float[count * features];
      float[] said = new float[count];
      BitSet alarmed = new BitSet();
      for (int i = 0; i < count; i++) {
        int place = (first + i) % seconds.length;
        times[i] = seconds[place];
        said[i] = scores[place];
        alarmed.set(i, alarms.get(place));
        System.arraycopy(values, place * features, rows, i * features, features);
      }
      return new HostRows(instance, features, times, rows, said, alarmed);
    }
  }
}

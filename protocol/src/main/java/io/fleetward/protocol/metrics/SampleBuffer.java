package io.fleetward.protocol.metrics;

import io.fleetward.protocol.labels.Labels;
import java.util.Arrays;

/// The samples of one series while they are read; used again for the next. Counts the samples of
/// the whole request. Confined to one thread.
///
/// A sample is the same message in remote-write 1.0 and 2.0.
final class SampleBuffer {
  private static final int VALUE = 1;
  private static final int TIMESTAMP = 2;

  private final ProtobufReader reader;
  private final int mostSamples;
  private long[] times = new long[4];
  private double[] values = new double[4];
  private int size;
  private int samples;
  private int histograms;

  SampleBuffer(ProtobufReader reader, int mostSamples) {
    this.reader = reader;
    this.mostSamples = mostSamples;
  }

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// How many native histograms the request has held so far.
  int histograms() {
    return histograms;
  }

  /// Reads a `Sample` message, length first.
  void read() throws RejectedBodyException {
    count();
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    long time = 0;
    double value = 0;
    int outer = reader.enter(reader.length());
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case VALUE -> {
          reader.expect(tag, ProtobufReader.FIXED64);
          value = Double.longBitsToDouble(reader.fixed64());
        }
        case TIMESTAMP -> {
          reader.expect(tag, ProtobufReader.VARINT);
          time = reader.varint();
        }
        default -> reader.skip(tag);
      }
    }
    reader.leave(outer);
    times[size] = time;
    values[size++] = value;
  }

  /// Passes over a `Histogram` message and counts it.
  void skipHistogram(int tag) throws RejectedBodyException {
    reader.expect(tag, ProtobufReader.BYTES);
    count();
    histograms++;
    reader.skip(tag);
  }

  private void count() throws RejectedBodyException {
    if (++samples > mostSamples) {
      throw new RejectedBodyException(
          "more than %d samples".formatted(mostSamples), reader.position());
    }
  }

  TimeSeries seriesOf(Labels labels) {
    return new TimeSeries(labels, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }
}

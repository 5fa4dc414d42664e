package io.fleetward.protocol.metrics;

import java.util.ArrayList;
import java.util.List;

/// One body with a `prometheus.WriteRequest` while it is read. Confined to one thread.
///
/// Labels may come in any order, and one with an empty value counts as missing; metadata is passed
/// over, and so is a series without samples.
final class RemoteWrite1Body {
  private static final int TIMESERIES = 1;
  private static final int LABELS = 1;
  private static final int SAMPLES = 2;
  private static final int EXEMPLARS = 3;
  private static final int HISTOGRAMS = 4;
  private static final int NAME = 1;
  private static final int VALUE = 2;

  private final ProtobufReader reader;
  private final DecodeLimits limits;
  private final LabelPairs pairs;
  private final SampleBuffer samples;
  private final List<TimeSeries> series = new ArrayList<>();
  private int seriesSeen;
  private int exemplars;

  RemoteWrite1Body(byte[] body, DecodeLimits limits, KnownTexts texts) {
    this.reader = new ProtobufReader(body, texts);
    this.limits = limits;
    this.pairs = new LabelPairs(limits.labelsPerSeries());
    this.samples = new SampleBuffer(reader, limits.samples());
  }

  WriteRequest read() throws RejectedBodyException {
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag >>> 3 == TIMESERIES) {
        reader.expect(tag, ProtobufReader.BYTES);
        readSeries();
      } else {
        reader.skip(tag);
      }
    }
    return new WriteRequest(series, samples.histograms(), exemplars);
  }

  private void readSeries() throws RejectedBodyException {
    int start = reader.position();
    if (++seriesSeen > limits.series()) {
      throw new RejectedBodyException("more than %d series".formatted(limits.series()), start);
    }
    pairs.clear();
    samples.clear();
    int outer = reader.enter(reader.length());
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case LABELS -> {
          reader.expect(tag, ProtobufReader.BYTES);
          readLabel();
        }
        case SAMPLES -> {
          reader.expect(tag, ProtobufReader.BYTES);
          samples.read();
        }
        case HISTOGRAMS -> samples.skipHistogram(tag);
        case EXEMPLARS -> {
          exemplars++;
          reader.skip(tag);
        }
        default -> reader.skip(tag);
      }
    }
    reader.leave(outer);
    if (pairs.isEmpty()) {
      throw new RejectedBodyException("a series has no labels", start);
    }
    if (!samples.isEmpty()) {
      series.add(samples.seriesOf(pairs.leniently(start)));
    }
  }

  private void readLabel() throws RejectedBodyException {
    int start = reader.position();
    String name = "";
    String value = "";
    int outer = reader.enter(reader.length());
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case NAME -> name = readText(tag, limits.nameBytes());
        case VALUE -> value = readText(tag, limits.valueBytes());
        default -> reader.skip(tag);
      }
    }
    reader.leave(outer);
    pairs.add(name, value, start);
  }

  private String readText(int tag, int mostBytes) throws RejectedBodyException {
    reader.expect(tag, ProtobufReader.BYTES);
    int at = reader.position();
    int length = reader.length();
    if (length > mostBytes) {
      throw new RejectedBodyException(
          "a label's text has %d bytes; the limit is %d".formatted(length, mostBytes), at);
    }
    String text = reader.text(reader.position(), length);
    reader.skipBytes(length);
    return text;
  }
}

package io.fleetward.protocol.metrics;

import java.util.ArrayList;
import java.util.List;

/// One body with an `io.prometheus.write.v2.Request` while it is read. Confined to one thread.
///
/// What the specification says a sender must do is demanded, what it should do is not: a series
/// without a metric name is accepted. Metadata is passed over.
final class RemoteWrite2Body {
  private static final int SYMBOLS = 4;
  private static final int TIMESERIES = 5;
  private static final int LABELS_REFS = 1;
  private static final int SAMPLES = 2;
  private static final int HISTOGRAMS = 3;
  private static final int EXEMPLARS = 4;

  private final ProtobufReader reader;
  private final DecodeLimits limits;
  private final LabelPairs pairs;
  private final SampleBuffer samples;

  /// The name of a pair whose value has not been read yet, or -1.
  private long nameReference = -1;

  private int exemplars;

  RemoteWrite2Body(byte[] body, DecodeLimits limits, KnownTexts texts) {
    this.reader = new ProtobufReader(body, texts);
    this.limits = limits;
    this.pairs = new LabelPairs(limits.labelsPerSeries());
    this.samples = new SampleBuffer(reader, limits.samples());
  }

  WriteRequest read() throws RejectedBodyException {
    int symbolCount = 0;
    int seriesCount = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag >>> 3 == SYMBOLS && ++symbolCount > limits.symbols()) {
        throw new RejectedBodyException(
            "more than %d symbols".formatted(limits.symbols()), reader.position());
      }
      if (tag >>> 3 == TIMESERIES && ++seriesCount > limits.series()) {
        throw new RejectedBodyException(
            "more than %d series".formatted(limits.series()), reader.position());
      }
      reader.skip(tag);
    }
    SymbolTable symbols = readSymbols(symbolCount);
    List<TimeSeries> series = readAllSeries(symbols, seriesCount);
    return new WriteRequest(series, samples.histograms(), exemplars);
  }

  /// Symbols may stand anywhere in the body, so they are found before the first series is read.
  private SymbolTable readSymbols(int count) throws RejectedBodyException {
    if (count == 0) {
      throw new RejectedBodyException("no symbols; is this remote-write 1.0?", 0);
    }
    SymbolTable symbols = new SymbolTable(reader, count);
    reader.rewind(0);
    for (int found = 0; found < count; ) {
      int tag = reader.tag();
      if (tag >>> 3 == SYMBOLS) {
        reader.expect(tag, ProtobufReader.BYTES);
        int length = reader.length();
        if (found == 0 && length > 0) {
          throw new RejectedBodyException("the first symbol is not empty", reader.position());
        }
        symbols.add(reader.position(), length);
        reader.skipBytes(length);
        found++;
      } else {
        reader.skip(tag);
      }
    }
    return symbols;
  }

  private List<TimeSeries> readAllSeries(SymbolTable symbols, int count)
      throws RejectedBodyException {
    List<TimeSeries> series = new ArrayList<>(count);
    reader.rewind(0);
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag >>> 3 == TIMESERIES) {
        reader.expect(tag, ProtobufReader.BYTES);
        int start = reader.position();
        readSeries(symbols, start);
        if (!samples.isEmpty()) {
          series.add(samples.seriesOf(pairs.strictly(start)));
        }
      } else {
        reader.skip(tag);
      }
    }
    return series;
  }

  private void readSeries(SymbolTable symbols, int start) throws RejectedBodyException {
    pairs.clear();
    samples.clear();
    nameReference = -1;
    int histogramsBefore = samples.histograms();
    int outer = reader.enter(reader.length());
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case LABELS_REFS -> readReferences(tag, symbols);
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
    checkSeries(start, samples.histograms() > histogramsBefore);
  }

  private void checkSeries(int start, boolean hasHistograms) throws RejectedBodyException {
    if (nameReference >= 0) {
      throw new RejectedBodyException("a series has an odd number of label references", start);
    }
    if (pairs.isEmpty()) {
      throw new RejectedBodyException("a series has no labels", start);
    }
    if (samples.isEmpty() != hasHistograms) {
      throw new RejectedBodyException(
          hasHistograms
              ? "a series has both samples and histograms"
              : "a series has neither samples nor histograms",
          start);
    }
  }

  /// Repeated numbers come packed or, from old encoders, one by one.
  private void readReferences(int tag, SymbolTable symbols) throws RejectedBodyException {
    if ((tag & 7) == ProtobufReader.VARINT) {
      readReference(symbols);
      return;
    }
    reader.expect(tag, ProtobufReader.BYTES);
    int outer = reader.enter(reader.length());
    while (reader.hasMore()) {
      readReference(symbols);
    }
    reader.leave(outer);
  }

  private void readReference(SymbolTable symbols) throws RejectedBodyException {
    int at = reader.position();
    long reference = reader.varint() & 0xffff_ffffL;
    if (nameReference < 0) {
      nameReference = reference;
      return;
    }
    String name = symbols.text(nameReference, limits.nameBytes(), at);
    pairs.add(name, symbols.text(reference, limits.valueBytes(), at), at);
    nameReference = -1;
  }
}

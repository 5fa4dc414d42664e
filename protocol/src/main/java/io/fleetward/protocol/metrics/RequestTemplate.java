package io.fleetward.protocol.metrics;

import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A remote-write 2.0 request for one layout, with room where each sample's value and time belong.
/// Immutable.
final class RequestTemplate {
  private static final int SYMBOLS = 4;
  private static final int TIMESERIES = 5;
  private static final int LABELS_REFS = 1;
  private static final int SAMPLES = 2;
  private static final int VALUE = 1;
  private static final int TIMESTAMP = 2;

  private final SeriesLayout layout;
  private final int timeBytes;
  private final byte[] bytes;
  private final int[] valueOffsets;

  private RequestTemplate(SeriesLayout layout, int timeBytes, byte[] bytes, int[] valueOffsets) {
    this.layout = layout;
    this.timeBytes = timeBytes;
    this.bytes = bytes;
    this.valueOffsets = valueOffsets;
  }

  /// @param timeBytes how many bytes the scrape's time takes as a protobuf number
  static RequestTemplate of(SeriesLayout layout, int timeBytes) {
    ProtobufWriter request = new ProtobufWriter();
    List<Labels> all = layout.series();
    int[] symbolsOfLabels = new int[all.stream().mapToInt(labels -> 2 * labels.size()).sum()];
    for (String symbol : number(all, symbolsOfLabels)) {
      request.text(SYMBOLS, symbol);
    }
    int[] valueOffsets = new int[layout.size()];
    ProtobufWriter references = new ProtobufWriter();
    ProtobufWriter series = new ProtobufWriter();
    int at = 0;
    for (int i = 0; i < valueOffsets.length; i++) {
      references.clear();
      series.clear();
      for (int end = at + 2 * all.get(i).size(); at < end; at++) {
        references.varint(symbolsOfLabels[at]);
      }
      series.message(LABELS_REFS, references);
      writeSample(series, timeBytes);
      request.message(TIMESERIES, series);
      // value, tag of the time, time: the last bytes of the series
      valueOffsets[i] = request.size() - timeBytes - 1 - Long.BYTES;
    }
    return new RequestTemplate(layout, timeBytes, request.toByteArray(), valueOffsets);
  }

  /// Numbers the texts of all labels, each once.
  ///
  /// @param numbers takes the number of each name and value in turn
  /// @return the texts in the order of their numbers, the first one empty
  private static List<String> number(List<Labels> all, int[] numbers) {
    Map<String, Integer> known = new HashMap<>();
    List<String> texts = new ArrayList<>(List.of(""));
    int at = 0;
    for (Labels labels : all) {
      if (labels.isEmpty()) {
        throw new IllegalArgumentException("a series without labels cannot be written");
      }
      for (int i = 0; i < labels.size(); i++) {
        numbers[at++] = number(labels.nameAt(i), known, texts);
        numbers[at++] = number(labels.valueAt(i), known, texts);
      }
    }
    return texts;
  }

  private static int number(String text, Map<String, Integer> known, List<String> texts) {
    Integer number = known.get(text);
    if (number == null) {
      number = texts.size();
      known.put(text, number);
      texts.add(text);
    }
    return number;
  }

  /// Zeros are written too, though protobuf would leave them out: every sample takes the same room.
  private static void writeSample(ProtobufWriter series, int timeBytes) {
    series.tag(SAMPLES, ProtobufReader.BYTES);
    series.varint(1 + Long.BYTES + 1 + timeBytes);
    series.tag(VALUE, ProtobufReader.FIXED64);
    series.zeros(Long.BYTES);
    series.tag(TIMESTAMP, ProtobufReader.VARINT);
    series.zeros(timeBytes);
  }

  /// Whether this template serves a layout and a time of that length.
  @SuppressWarnings("ReferenceEquality") // spares comparing every series of an unchanged layout
  boolean fits(SeriesLayout other, int otherTimeBytes) {
    return timeBytes == otherTimeBytes && (layout == other || layout.equals(other));
  }

  byte[] copy() {
    return bytes.clone();
  }

  /// Where the value of the series at a position begins.
  int valueOffset(int position) {
    return valueOffsets[position];
  }
}

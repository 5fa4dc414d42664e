package io.fleetward.protocol.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fleetward.protocol.generated.RemoteWrite1;
import io.fleetward.protocol.generated.RemoteWrite2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What generated classes read from a body: each series with samples as text, so that it can be
/// compared with what the decoder reads.
final class GeneratedReading {
  private GeneratedReading() {}

  static List<String> ofVersion1(byte[] body) throws InvalidProtocolBufferException {
    List<String> read = new ArrayList<>();
    for (var series : RemoteWrite1.WriteRequest.parseFrom(body).getTimeseriesList()) {
      TreeMap<String, String> labels = new TreeMap<>();
      for (var label : series.getLabelsList()) {
        if (!label.getValue().isEmpty()) {
          labels.put(label.getName(), label.getValue());
        }
      }
      StringBuilder text = new StringBuilder(labels.toString());
      for (var sample : series.getSamplesList()) {
        append(text, sample.getTimestamp(), sample.getValue());
      }
      if (series.getSamplesCount() > 0) {
        read.add(text.toString());
      }
    }
    return read;
  }

  static List<String> ofVersion2(byte[] body) throws InvalidProtocolBufferException {
    List<String> read = new ArrayList<>();
    RemoteWrite2.Request request = RemoteWrite2.Request.parseFrom(body);
    for (var series : request.getTimeseriesList()) {
      TreeMap<String, String> labels = new TreeMap<>();
      List<Integer> references = series.getLabelsRefsList();
      if (series.getSamplesCount() > 0) {
        for (int i = 0; i < references.size(); i += 2) {
          labels.put(
              request.getSymbols(references.get(i)), request.getSymbols(references.get(i + 1)));
        }
        StringBuilder text = new StringBuilder(labels.toString());
        for (var sample : series.getSamplesList()) {
          append(text, sample.getTimestamp(), sample.getValue());
        }
        read.add(text.toString());
      }
    }
    return read;
  }

  /// A decoded series in the same writing.
  static String describe(TimeSeries series) {
    StringBuilder text =
        new StringBuilder(
            new TreeMap<String, String>((Map<String, String>) series.labels().toMap()).toString());
    for (int i = 0; i < series.size(); i++) {
      append(text, series.timeMillis(i), series.value(i));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long time, double value) {
    text.append(" %d:%x".formatted(time, Double.doubleToRawLongBits(value)));
  }
}

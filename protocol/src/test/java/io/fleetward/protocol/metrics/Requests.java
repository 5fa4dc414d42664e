package io.fleetward.protocol.metrics;

import io.fleetward.protocol.generated.RemoteWrite1;
import io.fleetward.protocol.generated.RemoteWrite2;
import java.util.List;

/// Requests as other senders would make them, built with the generated classes.
final class Requests {
  private Requests() {}

  static RemoteWrite2.TimeSeries.Builder series(Integer... references) {
    return RemoteWrite2.TimeSeries.newBuilder().addAllLabelsRefs(List.of(references));
  }

  static RemoteWrite2.Sample sample(long time, double value) {
    return RemoteWrite2.Sample.newBuilder().setTimestamp(time).setValue(value).build();
  }

  /// A request with the symbols `"", "__name__", "up", "instance", "web-1"`.
  static RemoteWrite2.Request request(RemoteWrite2.TimeSeries.Builder... series) {
    return request(List.of("", "__name__", "up", "instance", "web-1"), series);
  }

  static RemoteWrite2.Request request(
      List<String> symbols, RemoteWrite2.TimeSeries.Builder... series) {
    RemoteWrite2.Request.Builder request = RemoteWrite2.Request.newBuilder().addAllSymbols(symbols);
    for (RemoteWrite2.TimeSeries.Builder one : series) {
      request.addTimeseries(one);
    }
    return request.build();
  }

  static RemoteWrite1.WriteRequest request1(RemoteWrite1.TimeSeries.Builder... series) {
    RemoteWrite1.WriteRequest.Builder request = RemoteWrite1.WriteRequest.newBuilder();
    for (RemoteWrite1.TimeSeries.Builder one : series) {
      request.addTimeseries(one);
    }
    return request.build();
  }

  static RemoteWrite1.TimeSeries.Builder series1(String... namesAndValues) {
    RemoteWrite1.TimeSeries.Builder series = RemoteWrite1.TimeSeries.newBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      series.addLabels(
          RemoteWrite1.Label.newBuilder()
              .setName(namesAndValues[i])
              .setValue(namesAndValues[i + 1]));
    }
    return series;
  }

  static RemoteWrite1.Sample sample1(long time, double value) {
    return RemoteWrite1.Sample.newBuilder().setTimestamp(time).setValue(value).build();
  }

  /// A request of each version with everything in it that the messages have.
  static RemoteWrite2.Request rich2() {
    return request(
        List.of("", "__name__", "up", "instance", "web-1", "help", "trace_id"),
        series(1, 2, 3, 4)
            .addSamples(sample(1_790_000_000_000L, 1.5))
            .addSamples(sample(1_790_000_010_000L, -2))
            .addExemplars(
                RemoteWrite2.Exemplar.newBuilder().addLabelsRefs(6).addLabelsRefs(4).setValue(1))
            .setMetadata(RemoteWrite2.Metadata.newBuilder().setType(1).setHelpRef(5))
            .setCreatedTimestamp(5),
        series(1, 4, 3, 2)
            .addHistograms(RemoteWrite2.Histogram.newBuilder().setCountInt(3).setTimestamp(9)));
  }

  static RemoteWrite1.WriteRequest rich1() {
    return request1(
            series1("__name__", "up", "instance", "web-1")
                .addSamples(sample1(1_790_000_000_000L, 1.5))
                .addSamples(sample1(1_790_000_010_000L, -2))
                .addExemplars(RemoteWrite1.Exemplar.newBuilder().setValue(1)),
            series1("__name__", "latency")
                .addHistograms(RemoteWrite1.Histogram.newBuilder().setCountInt(3)))
        .toBuilder()
        .addMetadata(RemoteWrite1.MetricMetadata.newBuilder().setHelp("help"))
        .build();
  }

  /// A request as vmagent would send it, labels in any order.
  static RemoteWrite1.WriteRequest plain1() {
    return request1(
        series1("instance", "web-1", "__name__", "up")
            .addSamples(sample1(1_790_000_000_000L, 0))
            .addSamples(sample1(1_790_000_010_000L, 1)),
        series1("__name__", "latency", "instance", "web-1")
            .addSamples(sample1(1_790_000_000_000L, 2)));
  }
}

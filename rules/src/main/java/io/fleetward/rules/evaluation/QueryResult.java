package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import java.util.List;
import java.util.Set;

/// What a query gives, with what is to be said about it.
///
/// @param annotations warnings and remarks, as Prometheus words them
public record QueryResult(Value value, Set<String> annotations) {
  /// The four kinds of results.
  public sealed interface Value {}

  public record Scalar(double number) implements Value {}

  public record Text(String text) implements Value {}

  /// @param ordered whether the order of samples is part of the result
  public record Vector(List<Sample> samples, boolean ordered) implements Value {
    public Vector {
      samples = List.copyOf(samples);
    }
  }

  /// Series in the order of their labels.
  public record Matrix(List<SeriesOfPoints> series) implements Value {
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /// The value of one series.
  public record Sample(Labels labels, SampleValue content) {
    /// The number; NaN for a histogram.
    public double value() {
      return content.number();
    }
  }

  public record SeriesOfPoints(Labels labels, List<Point> points) {
    public SeriesOfPoints {
      points = List.copyOf(points);
    }
  }

  /// What a series is at one time.
  public record Point(long timeMillis, SampleValue content) {
    /// The number; NaN for a histogram.
    public double value() {
      return content.number();
    }
  }
}

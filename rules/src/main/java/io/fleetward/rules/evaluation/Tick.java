package io.fleetward.rules.evaluation;

import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.language.Expression.At;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.series.RichSamples;
import io.fleetward.rules.series.Selection;
import io.fleetward.rules.series.Series;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The time that nodes are evaluated at, and what they have to say about it. Confined to one
/// thread, used again for each time.
final class Tick {
  private long startMillis;
  private long endMillis;
  private final long stepMillis;
  private final long maxSamples;
  private final Set<String> annotations;
  private final Map<String, Mended> mended = new LinkedHashMap<>(0);
  private List<Selection> inputs = List.of();
  private @Nullable RichSamples rich;
  private @Nullable HistogramTable histograms;
  private long timeMillis;
  private long samples;

  private final boolean isAnnotated;

  /// @param isAnnotated whether anybody will ask for the annotations
  Tick(long startMillis, long endMillis, long stepMillis, long maxSamples, boolean isAnnotated) {
    this.isAnnotated = isAnnotated;
    this.annotations = isAnnotated ? new LinkedHashSet<>() : Set.of();
    this.startMillis = startMillis;
    this.endMillis = endMillis;
    this.stepMillis = stepMillis;
    this.maxSamples = maxSamples;
    this.timeMillis = startMillis;
  }

  /// A tick for instant queries at any times, one after the other, without annotations.
  static Tick ofInstants(long maxSamples) {
    return new Tick(0, 0, 0, maxSamples, false);
  }

  /// Makes the query one at an instant.
  void beginAt(long millis) {
    startMillis = millis;
    endMillis = millis;
  }

  /// The time of the evaluation, or of the step of the subquery that is evaluated.
  long timeMillis() {
    return timeMillis;
  }

  void moveTo(long millis) {
    timeMillis = millis;
  }

  /// Starts to count samples anew.
  ///
  /// @param selections what each selector of the expression finds
  /// @param richSamples what samples are beside numbers; null if nothing
  void restart(long millis, List<Selection> selections, @Nullable RichSamples richSamples) {
    inputs = selections;
    if (richSamples != null && rich == richSamples && histograms != null) {
      histograms.restart();
    } else {
      rich = richSamples;
      histograms = richSamples == null ? null : richSamples.histograms().inner();
    }
    timeMillis = millis;
    samples = 0;
  }

  /// The histograms whose handles stand among the values of this evaluation.
  HistogramTable histograms() {
    if (histograms == null) {
      histograms = new HistogramTable();
    }
    return histograms;
  }

  /// What a value of this evaluation is.
  SampleValue content(double value) {
    return HistogramTable.isHandle(value)
        ? new SampleValue.Histogram(histograms().get(value))
        : new SampleValue.Plain(value);
  }

  /// Since when a counter has counted at one of its samples; 0 if that is not known.
  long start(Series series, long sampleMillis) {
    return rich == null ? 0 : rich.start(series, sampleMillis);
  }

  /// Whether it is known of any counter since when it has counted.
  boolean hasStarts() {
    return rich != null && rich.hasStarts();
  }

  /// What a selector finds.
  Selection input(int selector) {
    return inputs.get(selector);
  }

  long startMillis() {
    return startMillis;
  }

  long endMillis() {
    return endMillis;
  }

  long stepMillis() {
    return stepMillis;
  }

  long rangeMillis() {
    return endMillis - startMillis;
  }

  boolean isRangeQuery() {
    return stepMillis > 0;
  }

  /// The time that a selector looks back from.
  long shifted(Shift shift) {
    return shifted(shift, timeMillis);
  }

  /// The time that a selector looks back from when it is evaluated at another time.
  long shifted(Shift shift, long millis) {
    long base =
        switch (shift.at()) {
          case At.Tick() -> millis;
          case At.Fixed(long fixed) -> fixed;
          case At.Start() -> startMillis;
          case At.End() -> endMillis;
        };
    return base - shift.offset().millis(stepMillis, rangeMillis());
  }

  /// Counts samples that were read.
  ///
  /// @throws EvaluationException if it were too many
  void read(int count) {
    samples += count;
    if (samples > maxSamples) {
      throw new EvaluationException(
          "query processing would load too many samples into memory in query execution");
    }
  }

  /// Whether anybody will ask for the annotations.
  boolean isAnnotated() {
    return isAnnotated;
  }

  void annotate(String annotation) {
    annotations.add(annotation);
  }

  void annotate(Mended remark) {
    mended.merge(remark.text() + remark.place(), remark, Mended::with);
  }

  Set<String> annotations() {
    Set<String> all = new LinkedHashSet<>(annotations);
    mended.values().forEach(remark -> all.add(remark.toString()));
    return Collections.unmodifiableSet(all);
  }
}

package io.fleetward.service.scoring;

import io.fleetward.models.forecast.ExhaustionForecast;
import io.fleetward.models.forecast.RobustLine;
import io.fleetward.models.forecast.Side;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.HostRules;
import java.util.Arrays;

/// One resource of a host, its forecast, and the four series that tell it. On the stream thread.
final class ForecastResource {
  /// Lower, median and upper bound, horizon.
  static final int SERIES = 4;

  private static final String SECONDS = "fleetward_exhaustion_seconds";
  private static final String HORIZON = "fleetward_exhaustion_horizon_seconds";

  private final Labels room;
  private final ExhaustionForecast forecast;
  private final WrittenSeries[] series;
  private long seen = Long.MIN_VALUE;

  ForecastResource(Labels room, RobustLine line) {
    this.room = room;
    this.forecast = new ExhaustionForecast(line);
    Labels seconds = room.with(Labels.METRIC_NAME, SECONDS);
    this.series =
        new WrittenSeries[] {
          new WrittenSeries(seconds.with("bound", "lower")),
          new WrittenSeries(seconds.with("bound", "median")),
          new WrittenSeries(seconds.with("bound", "upper")),
          new WrittenSeries(room.with(Labels.METRIC_NAME, HORIZON))
        };
  }

  Labels room() {
    return room;
  }

  /// The tick at which it was last observed.
  long seen() {
    return seen;
  }

  /// @param left NaN if it is not there, and then nothing is told of it
  /// @return the values of its series in their order, NaN for those that are not to be told
  double[] observe(long tick, double left) {
    double[] values = new double[SERIES];
    Arrays.fill(values, Double.NaN);
    if (Double.isNaN(left)) {
      return values;
    }
    seen = tick;
    forecast.observe(tick, left);
    double lower = forecast.seconds(Side.LEAST);
    if (Double.isFinite(lower)) {
      values[0] = lower;
      values[1] = Math.max(lower, forecast.seconds(Side.EXPECTED));
      values[2] = Math.max(values[1], forecast.seconds(Side.MOST));
    }
    double horizon = forecast.horizonSeconds();
    values[3] = horizon > 0 ? horizon : Double.NaN;
    return values;
  }

  /// Appends values of its series; one that is told no more ends.
  void tell(HostRules rules, long tick, double[] values) {
    for (int i = 0; i < SERIES; i++) {
      series[i].append(rules, tick, values[i]);
    }
  }

  byte[] state() {
    return forecast.toBytes();
  }

  /// Takes back a state; false if it is none.
  boolean restore(byte[] state, long at) {
    seen = at;
    return forecast.restore(state);
  }
}

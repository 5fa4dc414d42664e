package io.fleetward.models.forecast;

import io.fleetward.protocol.labels.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// The forecasts of one host's resources, in and out as series. Confined to one thread.
///
/// In come series that say how much of a resource is left, of any name, such as
/// `fleetward_room{resource="space", mountpoint="/var"}`. Out go, with the same labels besides:
///
/// - `fleetward_exhaustion_seconds{bound="lower|median|upper"}`, only while exhaustion is in sight;
///   `+Inf` for a bound beyond what can be told, so that `{bound="upper"} < 3600` needs an
///   interval;
/// - `fleetward_exhaustion_horizon_seconds`, how far the forecast reaches; not there while nothing
///   can be told.
public final class HostForecasts {
  /// Takes one value of one series.
  @FunctionalInterface
  public interface Sink {
    void accept(Labels series, double value);
  }

  /// Resources of one host that are forecast; further ones are not.
  public static final int MOST_RESOURCES = 64;

  private static final String SECONDS = "fleetward_exhaustion_seconds";
  private static final String HORIZON = "fleetward_exhaustion_horizon_seconds";

  private final RobustLine line;
  private final Map<Labels, Resource> resources = new LinkedHashMap<>();

  /// @param line shared by all hosts of this thread
  public HostForecasts(RobustLine line) {
    this.line = line;
  }

  private record Resource(
      ExhaustionForecast forecast, Labels lower, Labels median, Labels upper, Labels horizon) {}

  /// Takes in how much of a resource is left; false if the host has too many resources already.
  public boolean observe(Labels room, long timeMillis, double left) {
    Resource known = resources.get(room);
    if (known == null) {
      if (resources.size() == MOST_RESOURCES) {
        return false;
      }
      known = resource(room);
      resources.put(room, known);
    }
    known.forecast().observe(timeMillis, left);
    return true;
  }

  private Resource resource(Labels room) {
    Labels seconds = room.with(Labels.METRIC_NAME, SECONDS);
    return new Resource(
        new ExhaustionForecast(line),
        seconds.with("bound", "lower"),
        seconds.with("bound", "median"),
        seconds.with("bound", "upper"),
        room.with(Labels.METRIC_NAME, HORIZON));
  }

  /// Gives out all that can be told now. A series that is not given has ended.
  public void tell(Sink sink) {
    for (Resource resource : resources.values()) {
      ExhaustionForecast forecast = resource.forecast();
      double lower = forecast.seconds(Side.LEAST);
      if (Double.isFinite(lower)) {
        double median = Math.max(lower, forecast.seconds(Side.EXPECTED));
        sink.accept(resource.lower(), lower);
        sink.accept(resource.median(), median);
        sink.accept(resource.upper(), Math.max(median, forecast.seconds(Side.MOST)));
      }
      double horizon = forecast.horizonSeconds();
      if (horizon > 0) {
        sink.accept(resource.horizon(), horizon);
      }
    }
  }

  /// Forgets a resource that is gone, such as a filesystem no longer mounted.
  public void forget(Labels room) {
    resources.remove(room);
  }

  /// Gives out what has to be kept of each resource; see [#restore].
  public void keep(BiConsumer<Labels, byte[]> store) {
    resources.forEach((room, resource) -> store.accept(room, resource.forecast().toBytes()));
  }

  /// Puts back what [#keep] gave; false, and nothing changes, if it is not that or there are too
  /// many resources.
  public boolean restore(Labels room, byte[] stored) {
    Resource restored = resource(room);
    if (!restored.forecast().restore(stored)
        || (resources.size() == MOST_RESOURCES && !resources.containsKey(room))) {
      return false;
    }
    resources.put(room, restored);
    return true;
  }
}

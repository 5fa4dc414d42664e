package io.fleetward.service.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// When each host was heard of last, in the broker's time. Confined to one thread.
public final class HostPresence {
  private final long silentMillis;
  private final long forgetMillis;
  private final Map<String, Long> heardAt = new HashMap<>();

  public HostPresence(FleetSettings settings) {
    this.silentMillis = settings.silentAfter().toMillis();
    this.forgetMillis = settings.forgetAfter().toMillis();
  }

  public void heard(String instance, long timeMillis) {
    heardAt.merge(instance, timeMillis, Math::max);
  }

  public boolean knows(String instance) {
    return heardAt.containsKey(instance);
  }

  /// Takes the value of `up` of one host.
  public interface Sink {
    void host(String instance, boolean isUp);
  }

  /// Tells of every host whether it is up at a tick.
  public void tell(long tickMillis, Sink sink) {
    heardAt.forEach((instance, at) -> sink.host(instance, tickMillis - at <= silentMillis));
  }

  /// The hosts that are silent at a tick, with the time at which each was last heard of.
  public Map<String, Long> silent(long tickMillis) {
    Map<String, Long> silent = new TreeMap<>();
    heardAt.forEach((instance, at) -> {
      if (tickMillis - at > silentMillis) {
        silent.put(instance, at);
      }
    });
    return silent;
  }

  /// Forgets hosts that have been silent for too long.
  ///
  /// @return their names
  public List<String> forget(long tickMillis) {
    List<String> gone = new ArrayList<>(0);
    heardAt
        .entrySet()
        .removeIf(entry -> {
          boolean isGone = tickMillis - entry.getValue() > forgetMillis;
          if (isGone) {
            gone.add(entry.getKey());
          }
          return isGone;
        });
    return gone;
  }
}

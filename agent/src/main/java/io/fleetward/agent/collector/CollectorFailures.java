package io.fleetward.agent.collector;

/// Hears of collectors that failed.
@FunctionalInterface
public interface CollectorFailures {
  void failed(String collector, Exception cause);
}

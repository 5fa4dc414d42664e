package io.fleetward.bench.detection;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The sets of labelled data that are known, in the order of the report.
enum DetectionSet {
  SMD("smd", "servers, 38 metrics, 1 min"),
  ASD("asd", "application servers, 19 metrics, 5 min"),
  SERVICES2("services2", "online services (Dataset2), 19 metrics, 5 min"),
  SERVICES3("services3", "online services (Dataset3), 19 metrics, 5 min"),
  KPI("kpi", "web-service KPIs, 1 or 5 min"),
  NAB("nab", "NAB v1.1, single metrics, 5 min"),
  NEZHA("nezha", "pods under injected faults, 1 min"),
  PETSHOP("petshop", "micro-services with injected issues, 5 min");

  private final String key;
  private final String description;

  DetectionSet(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /// Its word on the command line and in reports.
  String key() {
    return key;
  }

  String description() {
    return description;
  }

  static Optional<DetectionSet> of(String key) {
    return Arrays.stream(values()).filter(set -> set.key.equals(key)).findFirst();
  }

  static String keys() {
    return Arrays.stream(values()).map(DetectionSet::key).collect(Collectors.joining(", "));
  }
}

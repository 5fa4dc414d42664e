package io.fleetward.agent.scraping;

import io.fleetward.protocol.labels.Labels;
import java.util.Map;
import java.util.SortedMap;

/// What becomes of an exporter's labels, as Prometheus does it: ours are added, and where one of
/// the exporter's has the same name it is kept as `exported_…`, or wins if the exporter is to be
/// honoured. `instance` is always the host's own, whatever the exporter says.
///
/// @param ours `job` and those of the settings
/// @param instance the host's identity
record TargetLabels(Labels ours, String instance, boolean isHonoured) {
  private static final String EXPORTED = "exported_";

  Labels of(Labels scraped) {
    SortedMap<String, String> all = scraped.toMap();
    for (Map.Entry<String, String> own : ours.toMap().entrySet()) {
      if (!isHonoured) {
        setAside(all, own.getKey());
      }
      all.putIfAbsent(own.getKey(), own.getValue());
    }
    if (!instance.equals(all.get(Labels.INSTANCE))) {
      setAside(all, Labels.INSTANCE);
    }
    all.put(Labels.INSTANCE, instance);
    return Labels.from(all);
  }

  private static void setAside(SortedMap<String, String> all, String name) {
    String value = all.remove(name);
    if (value != null) {
      String free = EXPORTED + name;
      while (all.containsKey(free)) {
        free = EXPORTED + free;
      }
      all.put(free, value);
    }
  }
}

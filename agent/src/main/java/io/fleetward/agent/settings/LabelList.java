package io.fleetward.agent.settings;

import io.fleetward.protocol.configuration.Settings;
import io.fleetward.protocol.labels.Labels;
import java.util.Map;
import java.util.TreeMap;

/// Labels as a setting writes them: `cluster=a,zone=b`.
final class LabelList {
  private LabelList() {}

  static Labels read(Settings settings, String key) {
    String text = settings.text(key, "");
    Map<String, String> values = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String pair : text.split(",", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*") || name.equals(Labels.INSTANCE)) {
          settings.problem(
              key,
              "has \"%s\"; write name=value, such as cluster=a,zone=b; instance is the host's own"
                  .formatted(pair));
        } else {
          values.put(name, pair.substring(equals + 1).strip());
        }
      }
    }
    return Labels.from(values);
  }
}

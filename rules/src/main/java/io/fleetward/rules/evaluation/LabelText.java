package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.GoStrings;

/// Labels as Go's Prometheus writes them in errors: `{__name__="up", job="node"}`.
public final class LabelText {
  private LabelText() {}

  public static String of(Labels labels) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < labels.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(labels.nameAt(i))
          .append('=')
          .append(GoStrings.quote(labels.valueAt(i)));
    }
    return text.append('}').toString();
  }
}

package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.AlertInstance.State;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One alert while its host lives: what it is now and since when. Confined to the host's thread.
final class ActiveAlert {
  final Labels labels;
  Map<String, String> annotations;
  double value;
  State state;
  long activeAt;
  @Nullable Long firedAt;
  @Nullable Long resolvedAt;
  @Nullable Long keepFiringSince;

  ActiveAlert(Labels labels, Map<String, String> annotations, double value, long activeAt) {
    this.labels = labels;
    this.annotations = annotations;
    this.value = value;
    this.state = State.PENDING;
    this.activeAt = activeAt;
  }

  static ActiveAlert restored(AlertInstance instance) {
    ActiveAlert alert =
        new ActiveAlert(
            Labels.from(instance.labels()),
            instance.annotations(),
            instance.value(),
            instance.activeAt().toEpochMilli());
    alert.state = instance.state();
    alert.firedAt = millis(instance.firedAt());
    alert.resolvedAt = millis(instance.resolvedAt());
    alert.keepFiringSince = millis(instance.keepFiringSince());
    return alert;
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  AlertInstance instance(String key, String group, String rule) {
    return new AlertInstance(
        key,
        group,
        rule,
        labels.toMap(),
        annotations,
        state,
        value,
        Instant.ofEpochMilli(activeAt),
        instant(firedAt),
        instant(resolvedAt),
        instant(keepFiringSince));
  }
}

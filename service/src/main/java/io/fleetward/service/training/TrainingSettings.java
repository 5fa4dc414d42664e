package io.fleetward.service.training;

import io.fleetward.protocol.configuration.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// How much training may take, and what it learns from.
///
/// @param cpuPercent of one core; 0: nothing is trained
/// @param interval between two trainings of a class, without a reason to train sooner
/// @param classLabels labels of an agent that make up the class of its host
/// @param hostsPerClass hosts of a class whose rows are learnt
/// @param days of rows that are learnt
public record TrainingSettings(
    int cpuPercent, Duration interval, List<String> classLabels, int hostsPerClass, int days) {
  public TrainingSettings {
    classLabels = List.copyOf(classLabels);
  }

  public static TrainingSettings from(Settings settings) {
    return new TrainingSettings(
        settings.integer("training.cpu-percent", 10, 0, 100),
        settings.duration("training.interval", Duration.ofDays(1)),
        Arrays.stream(settings.text("training.class-labels", "role").split(","))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .toList(),
        settings.integer("training.hosts-per-class", 8, 1, 1_000),
        settings.integer("training.days", 2, 1, 30));
  }

  boolean isOff() {
    return cpuPercent == 0;
  }

  /// Hosts of a class whose rows go to the topic; none where nothing is trained.
  public int hostsLearnt() {
    return isOff() ? 0 : hostsPerClass;
  }

  /// A row in ten seconds; where rows come faster, the newest.
  int rowsPerHost() {
    return Math.toIntExact(Duration.ofDays(days).toSeconds() / 10);
  }
}

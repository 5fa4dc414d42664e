package io.fleetward.service.configuration;

import io.fleetward.models.specification.ModelFiles;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Model files, checked as the service does before it starts.
public final class ModelCheck {
  private ModelCheck() {}

  /// Reads model files and folders; what is wrong goes to `problems`.
  ///
  /// @param rules files that are to record what the models read; if there are none, that is not
  ///   checked
  public static List<ModelSpecification> read(
      List<Path> files, List<Path> rules, Problems problems) {
    if (rules.isEmpty()) {
      return ModelFiles.read(files, problems, _ -> Optional.empty());
    }
    Problems ofRules = new Problems();
    RuleSet set = RuleFiles.read(rules, ofRules);
    ofRules.list().forEach(problems::add);
    return read(files, set, ofRules.isEmpty(), problems);
  }

  /// @param whole whether the rules are all there; with some missing nobody knows what they would
  ///   have recorded
  static List<ModelSpecification> read(
      List<Path> files, RuleSet rules, boolean whole, Problems problems) {
    return ModelFiles.read(
        files, problems, whole ? new RecordedSeries(rules)::unreadable : _ -> Optional.empty());
  }
}

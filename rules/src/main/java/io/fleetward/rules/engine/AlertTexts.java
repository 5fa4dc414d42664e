package io.fleetward.rules.engine;

import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.template.Template;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The templates of one alerting rule. They were checked when the rule was loaded, and are parsed
/// when an alert first needs them: most rules never alert. Safe for use by many threads.
final class AlertTexts {
  private final RuleGroup group;
  private final Rule.Alerting rule;
  private volatile @Nullable Parsed parsed;

  private record Parsed(Map<String, Template> labels, Map<String, Template> annotations) {}

  AlertTexts(RuleGroup group, Rule.Alerting rule) {
    this.group = group;
    this.rule = rule;
  }

  /// The templates of the labels that the rule and its group set, by name.
  Map<String, Template> labels() {
    return parsed().labels();
  }

  Map<String, Template> annotations() {
    return parsed().annotations();
  }

  private Parsed parsed() {
    Parsed known = parsed;
    if (known == null) {
      // threads that come here at the same time parse the same
      Map<String, Template> labels = new TreeMap<>();
      group.labels().toMap().forEach((name, text) -> labels.put(name, Template.parse(text)));
      rule.labels().forEach((name, text) -> labels.put(name, Template.parse(text)));
      Map<String, Template> annotations = new TreeMap<>();
      rule.annotations().forEach((name, text) -> annotations.put(name, Template.parse(text)));
      known = new Parsed(labels, annotations);
      parsed = known;
    }
    return known;
  }
}

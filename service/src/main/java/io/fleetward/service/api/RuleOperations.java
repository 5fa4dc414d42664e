package io.fleetward.service.api;

import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleDesk;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.desk.RuleView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The contract's operations about rules, in the shape that Prometheus gives its answers.
final class RuleOperations {
  private final RuleDesk desk;

  RuleOperations(RuleDesk desk) {
    this.desk = desk;
  }

  /// What answers each operation, by its `operationId`.
  Map<String, Function<Question, Answer>> byId() {
    return Map.of("rules", this::rules, "alerts", _ -> success(new Alerts(desk.alerts())));
  }

  private Answer rules(Question question) {
    List<String> groups = question.list("rule_group[]");
    List<String> files = question.list("file[]");
    List<RuleGroupView> found =
        desk.ruleGroups().stream()
            .filter(group -> groups.isEmpty() || groups.contains(group.name()))
            .filter(group -> files.isEmpty() || files.contains(group.file()))
            .map(group -> group.with(rulesOf(group, question)))
            .filter(group -> !group.rules().isEmpty())
            .toList();
    return success(new Groups(found));
  }

  private static List<RuleView> rulesOf(RuleGroupView group, Question question) {
    List<String> names = question.list("rule_name[]");
    String type = question.option("type").orElse("");
    return group.rules().stream()
        .filter(rule -> names.isEmpty() || names.contains(rule.name()))
        .filter(rule -> type.isEmpty() || type.equals(wordOf(rule)))
        .map(rule -> question.flag("exclude_alerts") ? withoutAlerts(rule) : rule)
        .toList();
  }

  private static String wordOf(RuleView rule) {
    return switch (rule) {
      case RuleView.Alerting _ -> "alert";
      case RuleView.Recording _ -> "record";
    };
  }

  private static RuleView withoutAlerts(RuleView rule) {
    return switch (rule) {
      case RuleView.Alerting alerting -> alerting.withoutAlerts();
      case RuleView.Recording recording -> recording;
    };
  }

  private static Answer success(Object data) {
    return Answer.json(200, new Success("success", data));
  }

  private record Success(String status, Object data) {}

  private record Groups(List<RuleGroupView> groups) {}

  private record Alerts(List<RuleAlertView> alerts) {}
}

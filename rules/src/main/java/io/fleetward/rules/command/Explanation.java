package io.fleetward.rules.command;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.language.Horizon;
import io.fleetward.rules.language.Printer;
import io.fleetward.rules.placement.Placement;
import io.fleetward.rules.placement.Placements;
import java.util.ArrayList;
import java.util.List;

/// What `rules check --explain` says about a rule: where it runs, what it reads, how far back.
record Explanation(String group, Rule rule, Placement placement, List<Horizon.Sight> sights) {

  static List<Explanation> of(RuleSet rules) {
    Placements placements = Placements.of(rules);
    List<Explanation> explanations = new ArrayList<>();
    for (RuleGroup group : rules.groups()) {
      for (Rule rule : group.rules()) {
        explanations.add(
            new Explanation(
                group.name(), rule, placements.of(rule), Horizon.of(rule.expression())));
      }
    }
    return explanations;
  }

  private String where() {
    return switch (placement) {
      case Placement.HostLocal() -> "host-local";
      case Placement.CrossHost _ -> "cross-host";
      case Placement.Refused _ -> "refused";
    };
  }

  private String reason() {
    return switch (placement) {
      case Placement.HostLocal() -> "";
      case Placement.CrossHost(_, String reason) -> reason;
      case Placement.Refused(String reason) -> reason;
    };
  }

  private static String seen(Horizon.Sight sight) {
    return sight.onlyNewest() ? "newest" : PrometheusDuration.format(sight.age());
  }

  /// Some lines for people.
  String text() {
    StringBuilder text =
        new StringBuilder("  %s, rule %s: %s".formatted(group, rule.name(), where()));
    text.append(reason().isEmpty() ? "" : " (" + reason() + ")");
    for (Horizon.Sight sight : sights) {
      text.append("\n    reads %s, %s".formatted(Printer.selector(sight.selector()), seen(sight)));
    }
    return text.toString();
  }

  /// One JSON object.
  String json() {
    List<String> selectors = new ArrayList<>();
    for (Horizon.Sight sight : sights) {
      selectors.add(
          "{\"selector\":%s,\"sees\":%s}"
              .formatted(Json.text(Printer.selector(sight.selector())), Json.text(seen(sight))));
    }
    return "{\"group\":%s,\"rule\":%s,\"expression\":%s,\"class\":%s,\"reason\":%s,\"selectors\":[%s]}"
        .formatted(
            Json.text(group),
            Json.text(rule.name()),
            Json.text(Printer.print(rule.expression())),
            Json.text(where()),
            Json.text(reason()),
            String.join(",", selectors));
  }
}

package io.fleetward.rules.placement;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.language.Horizon;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.Printer;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.template.Template;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where each rule of a set can be evaluated. Immutable.
///
/// A rule that reads what a cross-host rule yields is cross-host too, so the decision is taken
/// again until nothing changes.
public final class Placements {
  /// The series that says whether a host is heard of: 1 or 0. It is made where all hosts come
  /// together, because a host that is silent makes nothing.
  public static final String HOST_UP = "fleetward_host_up";

  private static final String ALERTS = "ALERTS";
  private static final String ALERTS_FOR_STATE = "ALERTS_FOR_STATE";

  private final IdentityHashMap<Rule, Placement> placements = new IdentityHashMap<>();

  private Placements() {}

  public static Placements of(RuleSet rules) {
    Placements result = new Placements();
    Set<Labels> crossing = new LinkedHashSet<>();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (RuleGroup group : rules.groups()) {
        for (Rule rule : group.rules()) {
          Placement placement = place(group, rule, crossing);
          result.placements.put(rule, placement);
          if (!(placement instanceof Placement.HostLocal)) {
            changed |= crossing.addAll(yields(rule));
          }
        }
      }
    }
    return result;
  }

  /// @throws IllegalArgumentException if the rule is not of this set
  public Placement of(Rule rule) {
    Placement placement = placements.get(rule);
    if (placement == null) {
      throw new IllegalArgumentException("not a rule of this set: " + rule.name());
    }
    return placement;
  }

  /// The rules of a set that can be evaluated nowhere, with what to do about it.
  public static List<Problem> problems(RuleSet rules) {
    Placements placements = of(rules);
    List<Problem> problems = new ArrayList<>();
    for (RuleGroup group : rules.groups()) {
      for (Rule rule : group.rules()) {
        if (placements.of(rule) instanceof Placement.Refused(String reason)) {
          problems.add(
              new Problem(
                  rule.place().file(),
                  rule.place().line(),
                  rule.place().column(),
                  "group \"%s\", rule \"%s\": %s".formatted(group.name(), rule.name(), reason)));
        }
      }
    }
    return problems;
  }

  /// What is known of the labels of the series that a rule yields.
  static Set<Labels> yields(Rule rule) {
    return switch (rule) {
      case Rule.Recording recording -> Set.of(Labels.of(Labels.METRIC_NAME, recording.name()));
      case Rule.Alerting alerting ->
          Set.of(
              Labels.of(Labels.METRIC_NAME, ALERTS, Labels.ALERT_NAME, alerting.name()),
              Labels.of(Labels.METRIC_NAME, ALERTS_FOR_STATE, Labels.ALERT_NAME, alerting.name()));
    };
  }

  private static Placement place(RuleGroup group, Rule rule, Set<Labels> crossing) {
    Partition partition =
        new Partition(selector -> mayFind(selector, crossing) || findsHostUp(selector));
    String reason =
        switch (partition.of(rule.expression())) {
          case Partition.Kind.Local() -> "";
          case Partition.Kind.Constant() -> "the expression belongs to no host";
          case Partition.Kind.Crossing(String why) -> why;
        };
    if (setsInstance(group, rule)) {
      reason = "the rule's labels set instance";
    }
    if (rule instanceof Rule.Alerting alerting) {
      for (Template template : templates(alerting)) {
        if (template.queriesWhatIsNotWritten()) {
          return new Placement.Refused(
              "a template makes up a query when it runs, so the series that it needs are not known; write the query as one string");
        }
        for (String query : template.queries()) {
          reason = "a template queries all hosts: " + query;
        }
      }
    }
    return reason.isEmpty()
        ? new Placement.HostLocal()
        : new Placement.CrossHost(selectors(expressions(rule), crossing), reason);
  }

  /// The rule's expression and the queries of its templates.
  static List<Expression> expressions(Rule rule) {
    List<Expression> expressions = new ArrayList<>(List.of(rule.expression()));
    if (rule instanceof Rule.Alerting alerting) {
      for (Template template : templates(alerting)) {
        template.queries().forEach(query -> parsed(query).ifPresent(expressions::add));
      }
    }
    return expressions;
  }

  private static boolean setsInstance(RuleGroup group, Rule rule) {
    boolean byRule =
        switch (rule) {
          case Rule.Recording recording -> recording.labels().has(Labels.INSTANCE);
          case Rule.Alerting alerting -> alerting.labels().containsKey(Labels.INSTANCE);
        };
    return byRule || group.labels().has(Labels.INSTANCE);
  }

  /// The templates that may query.
  private static List<Template> templates(Rule.Alerting rule) {
    return Stream.of(rule.labels(), rule.annotations())
        .flatMap(texts -> texts.values().stream())
        .filter(text -> text.contains("query"))
        .map(Template::parse)
        .toList();
  }

  private static Optional<Expression> parsed(String query) {
    return PromQl.parse(query, Dialect.STABLE) instanceof Parsed.Valid(Expression expression)
        ? Optional.of(expression)
        : Optional.empty();
  }

  /// Whether a selector may find a series that a cross-host rule yields. Of that series only some
  /// labels are known; the others may have any value.
  static boolean mayFind(VectorSelector selector, Set<Labels> crossing) {
    for (Labels known : crossing) {
      boolean mayMatch = true;
      for (LabelMatcher matcher : selector.matchers()) {
        mayMatch &= !known.has(matcher.name()) || matcher.matches(known);
      }
      if (mayMatch) {
        return true;
      }
    }
    return false;
  }

  /// That series has no labels but its name and the instance.
  private static boolean findsHostUp(VectorSelector selector) {
    Labels known = Labels.of(Labels.METRIC_NAME, HOST_UP);
    return selector.matchers().stream()
        .allMatch(matcher -> matcher.name().equals(Labels.INSTANCE) || matcher.matches(known));
  }

  /// The selectors that hosts have to answer: those that read what other cross-host rules yield are
  /// answered there.
  private static List<String> selectors(List<Expression> expressions, Set<Labels> crossing) {
    Set<String> selectors = new LinkedHashSet<>();
    for (Expression expression : expressions) {
      for (Horizon.Sight sight : Horizon.of(expression)) {
        boolean namesCrossing =
            !sight.selector().metricName().isEmpty() && mayFind(sight.selector(), crossing);
        if (!namesCrossing) {
          selectors.add(Printer.selector(sight.selector()));
        }
      }
    }
    return List.copyOf(selectors);
  }
}

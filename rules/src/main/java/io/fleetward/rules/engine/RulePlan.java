package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.evaluation.PreparedQuery;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.language.Horizon;
import io.fleetward.rules.placement.Placement;
import io.fleetward.rules.placement.Placements;
import io.fleetward.rules.placement.RuleComponent;
import io.fleetward.rules.series.HostLabels;
import io.fleetward.rules.series.Retention;
import java.util.IdentityHashMap;
import java.util.List;

/// What all hosts under one rule set share: how long samples are kept, the templates of alerts, and
/// what rules are bound to. Safe for use by many threads; make it once for each rule set.
public final class RulePlan {
  /// How far an evaluation may lie behind the newest sample: the grace for split scrapes and some.
  private static final long LATE_MILLIS = 30_000;

  private final RuleSet rules;
  private final Retention retention;
  private final EvaluationSettings settings;
  private final IdentityHashMap<Rule.Alerting, AlertTexts> texts = new IdentityHashMap<>();

  private final IdentityHashMap<Rule, PreparedQuery> queries = new IdentityHashMap<>();
  private final RuleKeys keys;
  private final HostLabels hostLabels;

  private final Placements placements;
  private final Scope scope;
  private final Labels externalLabels;
  private final String externalUrl;

  /// Which rules are evaluated under a plan.
  private enum Scope {
    /// those of one host
    HOST,
    /// those that need the series of several hosts
    ACROSS_HOSTS,
    ALL
  }

  private RulePlan(
      RuleSet rules,
      RuleKeys keys,
      Retention retention,
      EvaluationSettings settings,
      Placements placements,
      Scope scope,
      Labels externalLabels,
      String externalUrl,
      HostLabels hostLabels) {
    this.keys = keys;
    this.hostLabels = hostLabels;
    this.placements = placements;
    this.scope = scope;
    this.rules = rules;
    this.retention = retention;
    this.settings = settings;
    this.externalLabels = externalLabels;
    this.externalUrl = externalUrl;
  }

  public static RulePlan of(RuleSet rules) {
    return of(rules, EvaluationSettings.standard());
  }

  public static RulePlan of(RuleSet rules, EvaluationSettings settings) {
    return of(rules, settings, Labels.EMPTY, "");
  }

  /// @param externalLabels what templates call `$externalLabels`
  /// @param externalUrl where people reach the service, what templates call `$externalURL`
  public static RulePlan of(
      RuleSet rules, EvaluationSettings settings, Labels externalLabels, String externalUrl) {
    return of(rules, settings, externalLabels, externalUrl, new HostLabels());
  }

  /// The plan of other rules under the same settings, for hosts that were under this one.
  public RulePlan replacedBy(RuleSet others) {
    return of(others, settings, externalLabels, externalUrl, hostLabels);
  }

  private static RulePlan of(
      RuleSet rules,
      EvaluationSettings settings,
      Labels externalLabels,
      String externalUrl,
      HostLabels hostLabels) {
    Retention.Builder retention = Retention.builder(LATE_MILLIS, settings.lookBackMillis());
    for (RuleGroup group : rules.groups()) {
      for (Rule rule : group.rules()) {
        for (Horizon.Sight sight : Horizon.of(rule.expression())) {
          if (!sight.onlyNewest() || !group.queryOffset().isZero()) {
            long millis = sight.age().plus(group.queryOffset()).toMillis() + LATE_MILLIS;
            retention.add(sight.selector().matchers(), millis);
          }
        }
      }
    }
    RulePlan plan =
        new RulePlan(
            rules,
            RuleKeys.of(rules),
            retention.build(),
            settings,
            Placements.of(rules),
            Scope.HOST,
            externalLabels,
            externalUrl,
            hostLabels);
    for (RuleGroup group : rules.groups()) {
      group.rules().forEach(rule -> plan.add(group, rule));
    }
    return plan;
  }

  /// This plan for all hosts' series at once, as tests have them: every rule is evaluated, every
  /// sample kept for ever.
  public RulePlan forAllSeries() {
    RulePlan plan =
        new RulePlan(
            rules,
            keys,
            Retention.everything(),
            settings,
            placements,
            Scope.ALL,
            externalLabels,
            externalUrl,
            hostLabels);
    plan.texts.putAll(texts);
    plan.queries.putAll(queries);
    return plan;
  }

  /// The components of those rules that need the series of several hosts.
  public List<RuleComponent> components() {
    return RuleComponent.of(rules, placements);
  }

  /// This plan for the place where all hosts' series of a component come together: only the rules
  /// that need them are evaluated.
  ///
  /// @param component one of [#components]
  /// @param lateMillis how far an evaluation may lie behind the newest sample
  public RulePlan acrossHosts(RuleComponent component, long lateMillis) {
    Retention.Builder retention = Retention.builder(lateMillis, settings.lookBackMillis());
    for (RuleComponent.Need need : component.needs()) {
      if (!need.onlyNewest()) {
        retention.add(need.matchers(), need.age().toMillis() + lateMillis);
      }
    }
    RulePlan plan =
        new RulePlan(
            new RuleSet(component.groups(), rules.version(), component.age()),
            keys,
            retention.build(),
            settings,
            placements,
            Scope.ACROSS_HOSTS,
            externalLabels,
            externalUrl,
            new HostLabels());
    plan.texts.putAll(texts);
    plan.queries.putAll(queries);
    return plan;
  }

  private void add(RuleGroup group, Rule rule) {
    queries.put(rule, new PreparedQuery(rule.text(), rule.expression(), settings));
    if (rule instanceof Rule.Alerting alerting) {
      texts.put(alerting, new AlertTexts(group, alerting));
    }
  }

  public RuleSet rules() {
    return rules;
  }

  /// What a rule is known by when rules are read again: its file's name, its group, its name and
  /// its labels; of several alike, their order. So Prometheus tells rules that stay from new ones.
  ///
  /// @throws IllegalArgumentException if the rule is not of this plan
  public String key(Rule rule) {
    return keys.of(rule);
  }

  /// Where each rule can be evaluated.
  public Placements placements() {
    return placements;
  }

  /// Whether a rule is evaluated under this plan.
  public boolean evaluates(Rule rule) {
    return switch (scope) {
      case HOST -> placements.of(rule) instanceof Placement.HostLocal;
      case ACROSS_HOSTS -> placements.of(rule) instanceof Placement.CrossHost;
      case ALL -> true;
    };
  }

  Retention retention() {
    return retention;
  }

  Labels externalLabels() {
    return externalLabels;
  }

  String externalUrl() {
    return externalUrl;
  }

  EvaluationSettings settings() {
    return settings;
  }

  /// The labels that hosts' series have in common.
  HostLabels hostLabels() {
    return hostLabels;
  }

  PreparedQuery query(Rule rule) {
    PreparedQuery found = queries.get(rule);
    if (found == null) {
      throw new IllegalArgumentException("not a rule of this plan: " + rule.name());
    }
    return found;
  }

  AlertTexts texts(Rule.Alerting rule) {
    AlertTexts found = texts.get(rule);
    if (found == null) {
      throw new IllegalArgumentException("not a rule of this plan: " + rule.name());
    }
    return found;
  }
}

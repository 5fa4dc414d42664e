package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.AlertInstance.State;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.LiveQuery;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.series.SeriesStore;
import io.fleetward.rules.template.Template;
import io.fleetward.rules.template.TemplateData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One alerting rule on one host, with Prometheus' alert states. Confined to the host's thread.
final class AlertingState implements RuleState {
  /// How long a resolved alert is remembered, so that its resolution can be told again.
  private static final long RESOLVED_RETENTION_MILLIS = 15 * 60_000;

  private final String key;
  private final RuleGroup group;
  private final Rule.Alerting rule;
  private final AlertTexts texts;
  private final LiveQuery query;
  private final AlertSeries series;
  private final TemplateSource templates;

  /// Alerts that are known; a map of its own only while there are some.
  private Map<Labels, ActiveAlert> alerts = Map.of();

  AlertingState(RuleGroup group, Rule.Alerting rule, SeriesStore store, RulePlan plan) {
    this.key = plan.key(rule);
    this.group = group;
    this.rule = rule;
    this.texts = plan.texts(rule);
    this.query = new LiveQuery(plan.query(rule), store);
    this.series = new AlertSeries(store);
    this.templates = new TemplateSource(store, plan);
  }

  @Override
  public void release() {
    query.release();
  }

  @Override
  public Rule.Alerting rule() {
    return rule;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Set<Labels> yielded() {
    return series.written();
  }

  /// Goes on from where the rule stood under other rules.
  void succeed(AlertingState former) {
    alerts = former.alerts;
    series.succeed(former.series);
  }

  /// Evaluates the rule and moves its alerts on.
  ///
  /// @param timeMillis what the expression is evaluated at
  /// @param tickMillis what alerts count their times in
  /// @param transitions receives the alerts whose state changed
  void evaluate(long timeMillis, long tickMillis, List<AlertInstance> transitions) {
    query.evaluate(timeMillis);
    templates.moveTo(timeMillis);
    Map<Labels, ActiveAlert> found = found(tickMillis);
    if (found.isEmpty() && alerts.isEmpty()) {
      series.write(List.of(), timeMillis);
      return;
    }
    Map<Labels, ActiveAlert> kept = modifiable();
    found.forEach((labels, alert) -> {
      ActiveAlert known = kept.get(labels);
      if (known == null || known.state == State.RESOLVED) {
        kept.put(labels, alert);
        transitions.add(instance(alert));
      } else {
        known.value = alert.value;
        known.annotations = alert.annotations;
      }
    });
    move(found, tickMillis, transitions);
    refuseTooMany();
    series.write(alerts.values(), timeMillis);
    alerts = alerts.isEmpty() ? Map.of() : alerts;
  }

  private Map<Labels, ActiveAlert> modifiable() {
    alerts = alerts.isEmpty() ? new LinkedHashMap<>() : alerts;
    return alerts;
  }

  private Map<Labels, ActiveAlert> found(long tickMillis) {
    Map<Labels, ActiveAlert> found = Map.of();
    for (int row = 0; row < query.size(); row++) {
      if (query.has(row)) {
        if (found.isEmpty()) {
          found = new LinkedHashMap<>();
        }
        ActiveAlert alert = alert(query.labels(row), query.value(row), tickMillis);
        if (found.put(alert.labels, alert) != null) {
          throw new EvaluationException(
              "vector contains metrics with the same labelset after applying alert labels");
        }
      }
    }
    return found;
  }

  private ActiveAlert alert(Labels metric, double value, long tickMillis) {
    TemplateData data = templates.data(metric, value);
    Labels labels =
        metric
            .without(Labels.METRIC_NAME)
            .withAll(Labels.from(rendered(texts.labels(), data)))
            .with(Labels.ALERT_NAME, rule.name());
    return new ActiveAlert(labels, rendered(texts.annotations(), data), value, tickMillis);
  }

  private Map<String, String> rendered(Map<String, Template> templates, TemplateData data) {
    Map<String, String> rendered = new TreeMap<>();
    templates.forEach((name, template) -> rendered.put(name, template.render(rule.name(), data)));
    return rendered;
  }

  private void move(
      Map<Labels, ActiveAlert> found, long tickMillis, List<AlertInstance> transitions) {
    Iterator<ActiveAlert> iterator = alerts.values().iterator();
    while (iterator.hasNext()) {
      ActiveAlert alert = iterator.next();
      State before = alert.state;
      if (found.containsKey(alert.labels)) {
        alert.keepFiringSince = null;
        ripen(alert, tickMillis);
      } else if (!keepsFiring(alert, tickMillis)) {
        cease(alert, tickMillis, iterator);
      }
      if (alert.state != before) {
        transitions.add(instance(alert));
      }
    }
  }

  /// Lets a pending alert fire that has held long enough. A firing one, whose rule now asks for
  /// longer, is pending again.
  private void ripen(ActiveAlert alert, long tickMillis) {
    boolean isRipe = tickMillis - alert.activeAt >= rule.holdFor().toMillis();
    if (alert.state == State.PENDING && isRipe) {
      alert.state = State.FIRING;
      alert.firedAt = tickMillis;
    } else if (alert.state == State.FIRING && !isRipe) {
      alert.state = State.PENDING;
      alert.firedAt = null;
    }
  }

  private boolean keepsFiring(ActiveAlert alert, long tickMillis) {
    if (alert.state != State.FIRING || rule.keepFiringFor().isZero()) {
      return false;
    }
    if (alert.keepFiringSince == null) {
      alert.keepFiringSince = tickMillis;
    }
    return tickMillis - alert.keepFiringSince < rule.keepFiringFor().toMillis();
  }

  private static void cease(ActiveAlert alert, long tickMillis, Iterator<ActiveAlert> iterator) {
    boolean isOld =
        alert.resolvedAt != null && tickMillis - alert.resolvedAt > RESOLVED_RETENTION_MILLIS;
    if (alert.state == State.PENDING || isOld) {
      iterator.remove();
    }
    if (alert.state != State.RESOLVED) {
      alert.state = State.RESOLVED;
      alert.resolvedAt = tickMillis;
    }
  }

  private void refuseTooMany() {
    long active = alerts.values().stream().filter(alert -> alert.state != State.RESOLVED).count();
    if (group.limit() > 0 && active > group.limit()) {
      alerts = Map.of();
      throw new EvaluationException(
          "exceeded limit of %d with %d alerts".formatted(group.limit(), active));
    }
  }

  private AlertInstance instance(ActiveAlert alert) {
    return alert.instance(key, group.name(), rule.name());
  }

  List<AlertInstance> alerts() {
    List<AlertInstance> instances = new ArrayList<>(alerts.size());
    alerts.values().forEach(alert -> instances.add(instance(alert)));
    return instances;
  }

  void addFiring(List<AlertInstance> firing) {
    if (alerts.isEmpty()) {
      return;
    }
    for (ActiveAlert alert : alerts.values()) {
      if (alert.state == State.FIRING) {
        firing.add(instance(alert));
      }
    }
  }

  void forgetAlerts() {
    alerts = Map.of();
  }

  void restore(AlertInstance instance) {
    ActiveAlert alert = ActiveAlert.restored(instance);
    modifiable().put(alert.labels, alert);
  }
}

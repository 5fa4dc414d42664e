package io.fleetward.service.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A rule as Prometheus shows it.
public sealed interface RuleView {
  /// The time that Prometheus gives for what never was.
  Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  String name();

  @JsonProperty
  Type type();

  /// The kinds of rules, as they are asked for.
  enum Type {
    @JsonProperty("alerting")
    ALERTING,
    @JsonProperty("recording")
    RECORDING
  }

  /// How evaluations went.
  enum Health {
    /// no host has evaluated the rule yet, or none can
    @JsonProperty("unknown")
    UNKNOWN,
    @JsonProperty("ok")
    OK,
    /// the newest evaluation failed on one host at least
    @JsonProperty("err")
    ERR
  }

  /// @param query the expression
  /// @param lastError what went wrong, with a host where it did; empty if nothing
  record Recording(
      String name,
      String query,
      Map<String, String> labels,
      Health health,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String lastError,
      double evaluationTime,
      Instant lastEvaluation)
      implements RuleView {
    @Override
    public Type type() {
      return Type.RECORDING;
    }
  }

  /// @param state the furthest state of its alerts on any host: `inactive`, `pending` or `firing`;
  ///   `unknown` while no host has evaluated it
  /// @param duration seconds that the expression has to hold
  /// @param keepFiringFor seconds that the alert goes on firing after it ceased to hold
  record Alerting(
      String state,
      String name,
      String query,
      double duration,
      double keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<RuleAlertView> alerts,
      Health health,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String lastError,
      double evaluationTime,
      Instant lastEvaluation)
      implements RuleView {
    public Alerting {
      alerts = List.copyOf(alerts);
    }

    @Override
    public Type type() {
      return Type.ALERTING;
    }

    /// The same with other alerts; those without any keep their state.
    public Alerting withAlerts(List<RuleAlertView> others) {
      String furthest =
          others.stream().map(RuleAlertView::state).anyMatch("firing"::equals)
              ? "firing"
              : others.isEmpty() ? state : "pending";
      return with(furthest, others);
    }

    /// The same without its alerts.
    public Alerting withoutAlerts() {
      return with(state, List.of());
    }

    private Alerting with(String state, List<RuleAlertView> alerts) {
      return new Alerting(
          state,
          name,
          query,
          duration,
          keepFiringFor,
          labels,
          annotations,
          alerts,
          health,
          lastError,
          evaluationTime,
          lastEvaluation);
    }
  }
}

package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleDesk;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.desk.RuleView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people see of the rules where several instances of the service evaluate them.
class RulesEverywhereTest {
  @TempDir private Path folder;

  /// The rules of an instance that owns web-1, which has no alerts.
  private record OwnRules() implements RuleDesk {
    @Override
    public List<RuleGroupView> ruleGroups() {
      RuleView.Alerting rule =
          new RuleView.Alerting(
              "inactive",
              "HostProcessRunawayCpu",
              "process_cpu > 0.9",
              0,
              0,
              Map.of(),
              Map.of(),
              List.of(),
              RuleView.Health.OK,
              "",
              0,
              RuleView.NEVER);
      return List.of(
          new RuleGroupView(
              "host-processes", "alerts.yaml", 0, 0, 0, RuleView.NEVER, List.of(rule)));
    }

    @Override
    public List<RuleAlertView> alerts() {
      return List.of();
    }
  }

  private static RuleDesk everywhere(StagedControl stage) {
    return new RulesEverywhere(new OwnRules(), "web-1"::equals, stage.database(), stage::now);
  }

  private static RuleView.Alerting rule(StagedControl stage) {
    return (RuleView.Alerting) everywhere(stage).ruleGroups().getFirst().rules().getFirst();
  }

  @Test
  void haveTheAlertsOfHostsThatOtherInstancesOwn() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.control().alertHeard(Alerts.runaway("1").on("web-1").firing(stage.now()));
      stage.control().alertHeard(Alerts.runaway("2").on("web-2").pending(stage.now()));
      assertThat(rule(stage).state()).isEqualTo("pending");
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(Alerts.runaway("3").on("web-3").firing(stage.now()));
      assertThat(rule(stage).state()).isEqualTo("firing");
      assertThat(everywhere(stage).alerts())
          .extracting(alert -> alert.labels().get("pid") + " " + alert.state())
          .containsExactlyInAnyOrder("2 pending", "3 firing");
      stage.pass(Duration.ofSeconds(1));
      stage.control().alertHeard(Alerts.runaway("3").on("web-3").resolved(stage.now()));
      assertThat(everywhere(stage).alerts()).hasSize(1);
    }
  }

  @Test
  void haveNoAlertsThatNobodyTellsAnyMore() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      String group = AlertMessage.ofGroup("silence");
      stage.control().alertHeard(Alerts.runaway("3").on(group).firing(stage.now()));
      assertThat(everywhere(stage).alerts()).hasSize(1);
      stage.pass(Duration.ofMinutes(3));
      assertThat(everywhere(stage).alerts()).isEmpty();
    }
  }
}

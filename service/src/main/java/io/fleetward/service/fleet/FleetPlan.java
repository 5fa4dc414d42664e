package io.fleetward.service.fleet;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.placement.Placements;
import io.fleetward.rules.placement.RuleComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is evaluated where all hosts come together, and what they have to send for it. Immutable.
///
/// @param components by their keys
/// @param peers how hosts of a class are compared; null if they are not
public record FleetPlan(
    FleetSettings settings,
    Map<String, Component> components,
    ForwardPlan forward,
    @Nullable PeerPlan peers) {
  public FleetPlan {
    components = Map.copyOf(components);
  }

  /// A component with its rules made ready.
  ///
  /// @param readsPresence whether its rules ask which hosts are up
  public record Component(RuleComponent groups, RulePlan rules, boolean readsPresence) {
    static Component of(RuleComponent component, RulePlan plan, FleetSettings settings) {
      Labels up = Labels.of(Labels.METRIC_NAME, Placements.HOST_UP);
      boolean readsPresence =
          component.needs().stream()
              .anyMatch(need ->
                  need.matchers().stream()
                      .allMatch(matcher ->
                          matcher.name().equals(Labels.INSTANCE) || matcher.matches(up)));
      return new Component(
          component, plan.acrossHosts(component, settings.lateMillis()), readsPresence);
    }
  }

  public static FleetPlan of(
      RulePlan rules, List<ModelSpecification> models, FleetSettings settings) {
    Map<String, Component> components = new LinkedHashMap<>();
    List<ForwardPlan.Target> targets = new ArrayList<>();
    for (RuleComponent component : rules.components()) {
      Component ready = Component.of(component, rules, settings);
      components.put(component.key(), ready);
      targets.add(
          new ForwardPlan.Target(
              _ -> component.key(),
              component.needs().stream().map(RuleComponent.Need::matchers).toList(),
              ready.readsPresence()));
    }
    return new FleetPlan(
        settings, components, new ForwardPlan(targets), PeerPlan.of(models, settings).orElse(null));
  }
}

package io.fleetward.service.configuration;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.rules.file.RuleSet;
import java.util.List;

/// What the service acts by: rules, models, policies and the actions that these were checked
/// against. Immutable.
///
/// @param version SHA-256, in hexadecimal, of the files' names and content
public record ActiveSet(
    RuleSet rules, List<ModelSpecification> models, PolicySet policies, String version) {
  public ActiveSet {
    models = List.copyOf(models);
  }
}

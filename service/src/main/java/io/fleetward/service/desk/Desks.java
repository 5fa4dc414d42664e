package io.fleetward.service.desk;

/// Everything that people can ask for.
public record Desks(
    Desk decisions,
    RuleDesk rules,
    ConfigurationDesk configuration,
    ModelDesk models,
    EnrolmentDesk enrolments) {}

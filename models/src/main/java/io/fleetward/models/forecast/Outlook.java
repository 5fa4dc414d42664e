package io.fleetward.models.forecast;

/// When a resource will be exhausted, in seconds from the last value.
public sealed interface Outlook {

  /// Too little is known of the resource, and why.
  record Undetermined(String reason) implements Outlook {}

  /// Not before the horizon, as far as can be told.
  record NotInSight(double horizon) implements Outlook {}

  /// Perhaps within the horizon.
  ///
  /// @param lower in one case out of twenty it comes earlier
  /// @param median as likely earlier as later; infinite if rather not within the horizon
  /// @param upper in one case out of twenty it comes later or never; infinite if no latest time can
  ///   be told
  /// @param horizon how far the forecast reaches
  record Exhaustion(double lower, double median, double upper, double horizon) implements Outlook {}
}

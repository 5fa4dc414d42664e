package io.fleetward.rules.histogram;

/// A number estimated from buckets, with what is to be said about it.
public record Estimate(double value, Remark remark) {
  /// What observations that are no numbers did to an estimate.
  public enum Remark {
    NONE,
    /// The quantile lies among them, so there is none.
    NOT_A_NUMBER,
    /// They count as the greatest values, which raises the quantile.
    SKEWED,
    /// They lie between no two values.
    EXCLUDED
  }

  static Estimate of(double value) {
    return new Estimate(value, Remark.NONE);
  }
}

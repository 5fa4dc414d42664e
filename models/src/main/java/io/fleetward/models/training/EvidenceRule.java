package io.fleetward.models.training;

import io.fleetward.models.registry.ShadowRecord;
import java.util.Locale;

/// When a version may be champion. Ties keep the champion.
///
/// A version without a champion before it is usable if it scores at least nine rows in ten, at most
/// one healthy row in ten lies above 0.99, and its false episodes are not clearly (5 %, Poisson)
/// more than twice the budget.
///
/// A challenger is better than the champion, on the same rows and at least one host-day of them, if
/// it finds no fewer confirmed incidents, leaves hardly more rows UNDETERMINED (5 in 100) and is
/// hardly worse calibrated (2 in 100), and either
/// - finds more confirmed incidents at no more false alarm, or
/// - raises clearly less false alarm: of all the hours of false alarm of both, so few are its own
///   as chance gives in one case out of twenty (one-sided binomial test); or
/// - scores half of all rows more than the champion.
public record EvidenceRule(double episodesPerDay) {
  private static final double CLEARLY = 0.05;
  private static final double LEAST_HOST_DAYS = 1;
  private static final double MOST_UNDETERMINED = 0.1;
  private static final double MOST_ABOVE_99 = 0.1;
  private static final double HARDLY_MORE_UNDETERMINED = 0.05;
  private static final double HARDLY_WORSE_CALIBRATED = 0.02;
  private static final double BLIND = 0.5;

  /// Whether a version is usable by itself.
  public Verdict usable(ShadowRecord heldOut) {
    if (heldOut.rows() == 0 || heldOut.healthy() == 0) {
      return new Verdict.Undecided("it scored no healthy row that it had not learnt");
    }
    if (heldOut.undeterminedShare() > MOST_UNDETERMINED) {
      return against("%.1f %% of the rows are UNDETERMINED", 100 * heldOut.undeterminedShare());
    }
    if (heldOut.shareAbove99() > MOST_ABOVE_99) {
      return against(
          "%.1f %% of the healthy rows score above 0.99, where 1 %% should",
          100 * heldOut.shareAbove99());
    }
    double allowed = 2 * episodesPerDay * heldOut.hostDays();
    if (Chance.ofAtLeast(heldOut.falseEpisodes(), allowed) < CLEARLY) {
      return against(
          "%d false episodes in %.2f host-days, clearly more than twice the budget of %.1f a day",
          heldOut.falseEpisodes(), heldOut.hostDays(), episodesPerDay);
    }
    return new Verdict.For(
        text(
            "on held-out rows: %d false episodes in %.2f host-days, %.2f %% of the healthy rows above 0.99",
            heldOut.falseEpisodes(), heldOut.hostDays(), 100 * heldOut.shareAbove99()));
  }

  /// Whether a challenger is better.
  ///
  /// @throws IllegalArgumentException if the two did not score the same rows
  public Verdict better(ShadowRecord champion, ShadowRecord challenger) {
    if (champion.rows() != challenger.rows() || champion.incidents() != challenger.incidents()) {
      throw new IllegalArgumentException("the two records are of different rows");
    }
    if (challenger.hostDays() < LEAST_HOST_DAYS) {
      return new Verdict.Undecided(
          text(
              "%.2f host-days that neither has learnt; a comparison needs %.0f",
              challenger.hostDays(), LEAST_HOST_DAYS));
    }
    double moreUndetermined = challenger.undeterminedShare() - champion.undeterminedShare();
    if (moreUndetermined < -BLIND) {
      return new Verdict.For(
          text(
              "it scores %.0f %% of the rows, the champion %.0f %%",
              100 * (1 - challenger.undeterminedShare()),
              100 * (1 - champion.undeterminedShare())));
    }
    if (moreUndetermined > HARDLY_MORE_UNDETERMINED) {
      return against("it leaves %.1f %% more rows UNDETERMINED", 100 * moreUndetermined);
    }
    if (challenger.calibrationError() > champion.calibrationError() + HARDLY_WORSE_CALIBRATED) {
      return against(
          "%.1f %% of the healthy rows score above 0.99, %.1f %% with the champion",
          100 * challenger.shareAbove99(), 100 * champion.shareAbove99());
    }
    return byAlarms(champion, challenger);
  }

  private static Verdict byAlarms(ShadowRecord champion, ShadowRecord challenger) {
    String numbers =
        text(
            "%d of %d confirmed incidents found (champion %d), %d hours of false alarm (champion %d)",
            challenger.found(),
            challenger.incidents(),
            champion.found(),
            challenger.falseHours(),
            champion.falseHours());
    if (challenger.found() < champion.found()) {
      return new Verdict.Against("it finds fewer: " + numbers);
    }
    if (challenger.found() > champion.found() && challenger.falseHours() <= champion.falseHours()) {
      return new Verdict.For("it finds more at no more false alarm: " + numbers);
    }
    double chance =
        Chance.ofAtMost(challenger.falseHours(), challenger.falseHours() + champion.falseHours());
    return chance <= CLEARLY
        ? new Verdict.For(text("clearly less false alarm (p = %.3f): ", chance) + numbers)
        : new Verdict.Against(text("not clearly better (p = %.3f): ", chance) + numbers);
  }

  private static Verdict against(String reason, Object... numbers) {
    return new Verdict.Against(text(reason, numbers));
  }

  private static String text(String reason, Object... numbers) {
    return String.format(Locale.ROOT, reason, numbers);
  }
}

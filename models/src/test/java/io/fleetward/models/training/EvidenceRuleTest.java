package io.fleetward.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fleetward.models.registry.ShadowRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceRuleTest {
  private static final EvidenceRule RULE = new EvidenceRule(2);

  /// Hours of false alarm and confirmed incidents found, of 4, in 5 host-days.
  private static ShadowRecord record(long falseHours, long found) {
    return new ShadowRecord(7_200, 5, 0, 7_000, 70, falseHours, falseHours, 4, found);
  }

  // P(X <= 1 of 8) = (1 + 8) / 256 = 0.0352; P(X <= 2 of 8) = 37 / 256 = 0.1445
  // P(X <= 0 of 5) = 1 / 32 = 0.0313; P(X <= 0 of 4) = 1 / 16 = 0.0625
  @ParameterizedTest
  @CsvSource({
    "7, 3, 1, 3, true",
    "6, 3, 2, 3, false",
    "5, 3, 0, 3, true",
    "4, 3, 0, 3, false",
    "5, 3, 0, 2, false",
    "7, 3, 1, 4, true",
    "3, 3, 3, 4, true",
    "3, 3, 4, 4, false",
    "3, 3, 3, 3, false",
    "0, 0, 0, 0, false"
  })
  void betterIsClearlyBetter(
      long championHours, long championFound, long hours, long found, boolean better) {
    Verdict verdict = RULE.better(record(championHours, championFound), record(hours, found));

    assertThat(verdict instanceof Verdict.For).as(verdict.reason()).isEqualTo(better);
  }

  @Test
  void saysTheNumbers() {
    assertThat(RULE.better(record(7, 3), record(1, 3)).reason())
        .isEqualTo(
            "clearly less false alarm (p = 0.035): 3 of 4 confirmed incidents found (champion 3), 1 hours of false alarm (champion 7)");
  }

  @Test
  void lessThanAHostDayDecidesNothing() {
    ShadowRecord champion = new ShadowRecord(1_000, 0.9, 0, 1_000, 10, 9, 9, 0, 0);
    ShadowRecord challenger = new ShadowRecord(1_000, 0.9, 0, 1_000, 10, 0, 0, 0, 0);

    assertThat(RULE.better(champion, challenger)).isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void whoDoesNotKnowOrIsBadlyCalibratedDoesNotTakeOver() {
    ShadowRecord champion = record(20, 2);
    ShadowRecord unknowing = new ShadowRecord(7_200, 5, 720, 6_300, 63, 0, 0, 4, 4);
    ShadowRecord loud = new ShadowRecord(7_200, 5, 0, 7_000, 350, 0, 0, 4, 4);

    assertThat(RULE.better(champion, unknowing).reason())
        .isEqualTo("it leaves 10.0 % more rows UNDETERMINED");
    assertThat(RULE.better(champion, loud).reason())
        .isEqualTo("5.0 % of the healthy rows score above 0.99, 1.0 % with the champion");
  }

  @Test
  void aChampionThatCannotScoreGoes() {
    ShadowRecord blind = new ShadowRecord(7_200, 5, 7_200, 0, 0, 0, 0, 4, 0);

    assertThat(RULE.better(blind, record(3, 2))).isInstanceOf(Verdict.For.class);
  }

  @Test
  void recordsOfOtherRowsAreNotCompared() {
    assertThatThrownBy(() -> RULE.better(record(1, 1), ShadowRecord.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // twice the budget of 2 a day in 5 host-days are 20; P(N >= 28 | 20) = 0.0525, P(N >= 29) =
  // 0.0343
  @ParameterizedTest
  @CsvSource({"0, true", "28, true", "29, false"})
  void usableIsNotClearlyBeyondTwiceTheBudget(long episodes, boolean usable) {
    Verdict verdict = RULE.usable(record(episodes, 0));

    assertThat(verdict instanceof Verdict.For).as(verdict.reason()).isEqualTo(usable);
  }

  @Test
  void whatScoresNothingOrTooHighIsNotUsable() {
    assertThat(RULE.usable(new ShadowRecord(1_000, 1, 101, 899, 9, 0, 0, 0, 0)).reason())
        .isEqualTo("10.1 % of the rows are UNDETERMINED");
    assertThat(RULE.usable(new ShadowRecord(1_000, 1, 0, 1_000, 101, 0, 0, 0, 0)).reason())
        .isEqualTo("10.1 % of the healthy rows score above 0.99, where 1 % should");
    assertThat(RULE.usable(ShadowRecord.EMPTY)).isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void chancesOfManyAreChances() {
    assertThat(Chance.ofAtMost(1_000, 2_000)).isCloseTo(0.5089, within(0.001));
    assertThat(Chance.ofAtMost(0, 0)).isEqualTo(1);
    assertThat(Chance.ofAtLeast(0, 3)).isEqualTo(1);
    assertThat(Chance.ofAtLeast(1, 0)).isZero();
  }
}

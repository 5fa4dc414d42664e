package io.fleetward.models.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.models.registry.Lineage.Change;
import io.fleetward.models.registry.Step.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineageTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void theFirstIsChampionTheNextChallenges() {
    Lineage lineage = made(made(Lineage.empty().enter("a", NOON, "")).enter("b", NOON, ""));

    assertThat(lineage.champion()).hasValue("a");
    assertThat(lineage.challenger()).hasValue("b");
    assertThat(lineage.roleOf("c")).isEmpty();
  }

  @Test
  void aVersionThatCannotBeUsedIsOnlyNoted() {
    Lineage lineage = made(Lineage.empty().reject("a", NOON, "all UNDETERMINED"));

    assertThat(lineage.champion()).isEmpty();
    assertThat(lineage.roleOf("a")).hasValue(Role.RETIRED);
    assertThat(lineage.steps().getFirst().reason()).isEqualTo("all UNDETERMINED");
  }

  @Test
  void aNewerChallengerTakesThePlaceOfAnOlder() {
    Lineage lineage = made(withChallenger("a", "b").enter("c", NOON, ""));

    assertThat(lineage.challenger()).hasValue("c");
    assertThat(lineage.roleOf("b")).hasValue(Role.RETIRED);
    assertThat(lineage.champion()).hasValue("a");
  }

  @Test
  void onlyTheChallengerIsPromoted() {
    Lineage lineage = made(withChallenger("a", "b").promote("b", NOON, "better"));

    assertThat(lineage.champion()).hasValue("b");
    assertThat(lineage.challenger()).isEmpty();
    assertThat(lineage.former()).containsExactly("a");
    assertThat(lineage.promote("a", NOON, "")).isInstanceOf(Change.Refused.class);
    assertThat(lineage.promote("b", NOON, "")).isInstanceOf(Change.Refused.class);
  }

  @Test
  void aRollBackBringsTheFormerChampionBack() {
    Lineage promoted = made(withChallenger("a", "b").promote("b", NOON, "better"));
    Lineage lineage = made(promoted.rollBack("b", NOON, "olga", "alarms at night"));

    assertThat(lineage.champion()).hasValue("a");
    assertThat(lineage.isRolledBack("b")).isTrue();
    assertThat(lineage.former()).isEmpty();
    assertThat(lineage.steps())
        .contains(new Step(NOON, "b", Kind.ROLLED_BACK, "olga", "alarms at night"));
    assertThat(lineage.enter("b", NOON, "")).isInstanceOf(Change.Refused.class);
    assertThat(lineage.promote("b", NOON, "")).isInstanceOf(Change.Refused.class);
  }

  @Test
  void askingTwiceTakesBackOne() {
    Lineage promoted = made(withChallenger("a", "b").promote("b", NOON, ""));
    Lineage lineage = made(promoted.rollBack("b", NOON, "olga", "bad"));

    assertThat(lineage.rollBack("b", NOON, "olga", "bad"))
        .isEqualTo(new Change.Refused("version b is not the champion (a is)"));
  }

  @Test
  void theLastChampionLeavesNobody() {
    Lineage first = made(Lineage.empty().enter("a", NOON, ""));
    Lineage lineage = made(first.rollBack("a", NOON, "olga", "bad"));

    assertThat(lineage.champion()).isEmpty();
    assertThat(made(lineage.enter("b", NOON, "")).champion()).hasValue("b");
  }

  @Test
  void aVersionRolledBackIsPassedOver() {
    Lineage second = made(withChallenger("a", "b").promote("b", NOON, ""));
    Lineage back = made(second.rollBack("b", NOON, "olga", "bad"));
    Lineage third = made(made(back.enter("c", NOON, "")).promote("c", NOON, ""));

    assertThat(made(third.rollBack("c", NOON, "olga", "bad, too")).champion()).hasValue("a");
  }

  @Test
  void stepsThatNobodyTakesAreRefused() {
    assertThatThrownBy(
            () -> Lineage.of(List.of(new Step(NOON, "a", Kind.PROMOTED, "training", ""))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("version a cannot be promoted now");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsWishedForTheRulesHold(long seed) {
    Random random = new Random(seed);
    Lineage lineage = Lineage.empty();
    Set<String> everRolledBack = new HashSet<>();
    int made = 0;
    for (int i = 0; i < 400; i++) {
      Lineage before = lineage;
      Change change = wish(lineage, random, i);
      if (change instanceof Change.Made(Lineage next, List<Step> steps)) {
        made++;
        lineage = next;
        assertThat(steps).isNotEmpty();
        List<Step> all = new ArrayList<>(before.steps());
        all.addAll(steps);
        assertThat(next.steps()).isEqualTo(all);
      }
      Lineage now = lineage;
      now.versions().stream().filter(now::isRolledBack).forEach(everRolledBack::add);
      assertThat(now.versions().stream().filter(v -> isIn(now, v, Role.CHAMPION)).count())
          .isLessThanOrEqualTo(1);
      assertThat(now.versions().stream().filter(v -> isIn(now, v, Role.CHALLENGER)).count())
          .isLessThanOrEqualTo(1);
      assertThat(everRolledBack).allMatch(now::isRolledBack);
      assertThat(now.former()).hasSizeLessThanOrEqualTo(Lineage.MOST_FORMER);
      assertThat(now.former()).allMatch(v -> isIn(now, v, Role.RETIRED) && !now.isRolledBack(v));
      assertThat(Lineage.of(now.steps()).wanted()).isEqualTo(now.wanted());
    }
    assertThat(made).as("seed %d", seed).isGreaterThan(100);
    assertThat(everRolledBack).isNotEmpty();
  }

  private static Change wish(Lineage lineage, Random random, int i) {
    Instant at = NOON.plusSeconds(i);
    List<String> known = lineage.versions();
    String any = known.isEmpty() ? "none" : known.get(random.nextInt(known.size()));
    return switch (random.nextInt(8)) {
      case 0, 1 -> lineage.enter("v" + i, at, "");
      case 2 -> lineage.enter(any, at, "");
      case 3 -> lineage.reject("v" + i, at, "");
      case 4 -> lineage.promote(any, at, "");
      case 5 -> lineage.promote(lineage.challenger().orElse("none"), at, "");
      case 6 -> lineage.rollBack(any, at, "olga", "");
      default ->
          random.nextInt(3) == 0
              ? lineage.rollBack(lineage.champion().orElse("none"), at, "olga", "")
              : lineage.enter("w" + i, at, "");
    };
  }

  private static boolean isIn(Lineage lineage, String version, Role role) {
    return lineage.roleOf(version).equals(Optional.of(role));
  }

  private static Lineage withChallenger(String champion, String challenger) {
    return made(made(Lineage.empty().enter(champion, NOON, "")).enter(challenger, NOON, ""));
  }

  private static Lineage made(Change change) {
    return switch (change) {
      case Change.Made(Lineage lineage, _) -> lineage;
      case Change.Refused(String reason) -> throw new AssertionError(reason);
    };
  }
}

package io.fleetward.models.causes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CauseRankingTest {
  /// The shop calls the cart and the till, the till calls the bank and the post.
  private static final CauseRanking SHOP =
      new CauseRanking(Map.of("shop", Set.of("cart", "till"), "till", Set.of("bank", "post")));

  private static Suspect own(String host, double own) {
    return new Suspect(host, own, 0, 0);
  }

  @Test
  void blamesTheDeepestAnomalousHost() {
    assertThat(
            SHOP.rank(List.of(own("shop", 50), own("till", 9), own("bank", 5), own("cart", 0.5))))
        .containsExactly("bank", "shop", "till", "cart");
  }

  @Test
  void ranksHostsThatDoNotCallEachOtherByStrength() {
    assertThat(SHOP.rank(List.of(own("cart", 5), own("bank", 6), own("post", 0.9))))
        .containsExactly("bank", "cart", "post");
  }

  @Test
  void blamesAHostThatLooksWellButItsCallersWaitFor() {
    List<Suspect> suspects =
        List.of(
            new Suspect("shop", 0.2, 0, 0.1),
            new Suspect("till", 0.3, 0, 4),
            own("bank", 0.2),
            own("post", 0.4),
            own("cart", 0.5));

    assertThat(SHOP.rank(suspects)).startsWith("post", "bank").endsWith("shop");
  }

  @Test
  void blamesFirstWhomMoreCallersWaitFor() {
    Map<String, Set<String>> calls =
        Map.of("shop", Set.of("stock", "ads"), "till", Set.of("stock", "bank"));
    Suspect till = new Suspect("till", 0, 0, 5);
    List<Suspect> called = List.of(own("stock", 0), own("ads", 0.3), own("bank", 0.2));

    assertThat(rank(calls, called, till, new Suspect("shop", 0, 0, 5)))
        .startsWith("stock", "ads", "bank");
    assertThat(rank(calls, called, till, new Suspect("shop", 0, 0, 1)))
        .startsWith("bank", "stock", "ads");
  }

  private static List<String> rank(
      Map<String, Set<String>> calls, List<Suspect> called, Suspect... callers) {
    List<Suspect> all = new ArrayList<>(called);
    all.addAll(List.of(callers));
    return new CauseRanking(calls).rank(all);
  }

  @Test
  void whoAnswersLateOnlyBecauseItWaitsIsNotAnomalous() {
    List<Suspect> suspects = List.of(new Suspect("till", 0.3, 9, 8), own("bank", 1));

    assertThat(SHOP.rank(suspects)).containsExactly("bank", "till");
  }

  @Test
  void waitingForAnAnomalousHostAccusesNobodyElse() {
    List<Suspect> suspects =
        List.of(new Suspect("till", 0.3, 0, 4), own("bank", 7), own("post", 0.1));

    assertThat(SHOP.rank(suspects)).containsExactly("bank", "till", "post");
  }

  @Test
  void hostsThatNobodyCanJudgeComeLast() {
    Suspect unknown = new Suspect("bank", Double.NaN, Double.NaN, Double.NaN);

    assertThat(SHOP.rank(List.of(unknown, own("post", -3)))).containsExactly("post", "bank");
  }

  @Test
  void hostsMayCallEachOtherInACircle() {
    CauseRanking circle = new CauseRanking(Map.of("a", Set.of("b"), "b", Set.of("a")));

    assertThat(circle.rank(List.of(own("a", 5), own("b", 6)))).containsExactly("b", "a");
  }
}

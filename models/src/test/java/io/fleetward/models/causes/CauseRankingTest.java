package io.fleetward.models.causes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CauseRankingTest {
  /// The shop calls the cart and the till, the till calls the bank and the post.
  private static final CauseRanking SHOP =
      new CauseRanking(Map.of("shop", Set.of("cart", "till"), "till", Set.of("bank", "post")));

  private static Suspect own(String host, double own) {
    return new Suspect(host, own, 0);
  }

  @Test
  void blamesTheDeepestAnomalousHost() {
    assertThat(
            SHOP.rank(List.of(own("shop", 50), own("till", 9), own("bank", 3), own("cart", 0.5))))
        .containsExactly("bank", "shop", "till", "cart");
  }

  @Test
  void ranksHostsThatDoNotCallEachOtherByStrength() {
    assertThat(SHOP.rank(List.of(own("cart", 2), own("bank", 3), own("post", 0.9))))
        .containsExactly("bank", "cart", "post");
  }

  @Test
  void blamesAHostThatLooksWellButAllItsCallersWaitFor() {
    List<Suspect> suspects =
        List.of(
            new Suspect("shop", 0.2, 0.1),
            new Suspect("till", 0.3, 4),
            own("bank", 0.2),
            own("post", 0.4),
            own("cart", 0.5));

    assertThat(SHOP.rank(suspects)).startsWith("bank", "post").endsWith("shop");
  }

  @Test
  void waitingForAnAnomalousHostAccusesNobodyElse() {
    List<Suspect> suspects = List.of(new Suspect("till", 0.3, 4), own("bank", 7), own("post", 0.1));

    assertThat(SHOP.rank(suspects)).containsExactly("bank", "till", "post");
  }

  @Test
  void hostsThatNobodyCanJudgeComeLast() {
    assertThat(SHOP.rank(List.of(own("bank", Double.NaN), own("post", -3))))
        .containsExactly("post", "bank");
  }

  @Test
  void hostsMayCallEachOtherInACircle() {
    CauseRanking circle = new CauseRanking(Map.of("a", Set.of("b"), "b", Set.of("a")));

    assertThat(circle.rank(List.of(own("a", 2), own("b", 3)))).containsExactly("b", "a");
  }
}

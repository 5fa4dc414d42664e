package io.fleetward.agent.scraping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchRhythmTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  private final FetchRhythm rhythm =
      new FetchRhythm(Duration.ofSeconds(10), Duration.ofSeconds(30));

  @Test
  void keepsToTheIntervalBeforeTheFirstScrape() {
    assertThat(rhythm.next(5 * SECOND, 6 * SECOND)).isEqualTo(35 * SECOND);
  }

  @Test
  void fetchesShortlyBeforeAScrape() {
    rhythm.taken(8 * SECOND);

    // scrapes come at 8, 18, 28, 38; a fetch takes 25 ms
    assertThat(rhythm.next(5 * SECOND, 5 * SECOND + 25 * MILLI))
        .isEqualTo(38 * SECOND - 100 * MILLI);
    rhythm.taken(38 * SECOND + 3 * MILLI);
    long next = rhythm.next(38 * SECOND - 100 * MILLI, 38 * SECOND - 75 * MILLI);
    assertThat(next).isEqualTo(68 * SECOND - 97 * MILLI);
  }

  @Test
  void missesNoScrapeAndTakesNoneTwice() {
    FetchRhythm own = new FetchRhythm(Duration.ofSeconds(10), Duration.ofSeconds(10));
    long fetch = 9 * SECOND;
    for (int scrape = 1; scrape < 1_000; scrape++) {
      // clocks that differ a little, and fetches of 1 to 400 ms
      long taken = scrape * (10 * SECOND + 2 * MILLI);
      own.taken(taken);
      fetch = own.next(fetch, fetch + (scrape * 7_919L % 400 + 1) * MILLI);
      assertThat(fetch).isBetween(taken + 9 * SECOND, taken + 10 * SECOND);
    }
  }

  @Test
  void afterALongFetchWaitsForTheScrapeThatFollows() {
    rhythm.taken(50 * SECOND);

    assertThat(rhythm.next(5 * SECOND, 51 * SECOND)).isEqualTo(55 * SECOND);
    assertThat(new FetchRhythm(Duration.ofSeconds(10), Duration.ofSeconds(10)).next(0, 25 * SECOND))
        .isEqualTo(30 * SECOND);
  }
}

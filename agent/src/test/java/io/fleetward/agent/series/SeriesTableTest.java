package io.fleetward.agent.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.StaleMarker;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private final SeriesTable table = new SeriesTable("web-1");
  private final Slot load = table.slot("node_load1");
  private final Slot disk = table.slot("node_disk_io_now", "device", "sda");

  @Test
  void layoutStaysTheSameObjectWhileNothingComesOrGoes() {
    Scrape first = scrape(1, 2);
    Scrape second = scrape(3, 4);

    assertThat(second.layout()).isSameAs(first.layout());
    assertThat(second.value(0)).isEqualTo(3);
    assertThat(second.value(1)).isEqualTo(4);
    assertThat(first.value(0)).isEqualTo(1);
  }

  @Test
  void everySeriesCarriesTheInstance() {
    assertThat(scrape(1, 2).layout().series())
        .hasToString(
            "[node_load1{instance=\"web-1\"}, node_disk_io_now{device=\"sda\","
                + " instance=\"web-1\"}]");
  }

  @Test
  void aSeriesThatEndsGetsOneStaleMarkerAndIsGone() {
    Scrape both = scrape(1, 2);
    load.set(1);
    Scrape ending = table.take(2);
    load.set(1);
    Scrape after = table.take(3);

    assertThat(ending.layout()).isSameAs(both.layout());
    assertThat(StaleMarker.is(ending.value(1))).isTrue();
    assertThat(after.size()).isEqualTo(1);
  }

  @Test
  void aSeriesThatComesBackIsReportedAgain() {
    scrape(1, 2);
    load.set(1);
    table.take(2);
    Scrape back = scrape(5, 6);
    load.set(1);
    table.take(4);
    load.set(1);
    table.take(5);
    Scrape later = scrape(7, 8);

    assertThat(back.value(1)).isEqualTo(6);
    assertThat(later.size()).isEqualTo(2);
    assertThat(later.value(1)).isEqualTo(8);
  }

  @Test
  void aSeriesThatComesBackInAnotherSlotIsNotToldTwice() {
    scrape(1, 2);
    Slot again = table.slot("node_disk_io_now", "device", "sda");
    load.set(1);
    again.set(9);
    Scrape scrape = table.take(2);

    assertThat(scrape.size()).isEqualTo(2);
    assertThat(scrape.value(1)).isEqualTo(9);
  }

  @Test
  void ofTwoSlotsOfOneSeriesTheFirstCounts() {
    Slot twin = table.slot("node_load1");
    for (int i = 0; i < 3; i++) {
      load.set(1);
      twin.set(5);
      Scrape scrape = table.take(i);

      assertThat(scrape.size()).isEqualTo(1);
      assertThat(scrape.value(0)).isEqualTo(1);
    }
  }

  @Test
  void setTwiceInOneScrapeCountsOnce() {
    load.set(1);
    load.set(2);
    Scrape scrape = table.take(1);

    assertThat(scrape.size()).isEqualTo(1);
    assertThat(scrape.value(0)).isEqualTo(2);
  }

  private Scrape scrape(double loadValue, double diskValue) {
    load.set(loadValue);
    disk.set(diskValue);
    return table.take(0);
  }
}

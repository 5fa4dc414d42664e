package io.fleetward.agent.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.Fields;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.StaleMarker;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InfoSeriesTest {
  private final SeriesTable table = new SeriesTable("web-1");
  private final InfoSeries info =
      new InfoSeries(table, "node_network_info", new String[] {"device", "eth0"}, "a", "b");

  @Test
  void keepsItsSeriesWhileTheTextsStayTheSame() {
    Scrape first = scrape("x", "y");
    Scrape second = scrape("x", "y");

    assertThat(second.layout()).isSameAs(first.layout());
    assertThat(first.layout().series())
        .hasToString("[node_network_info{a=\"x\", b=\"y\", device=\"eth0\", instance=\"web-1\"}]");
  }

  @Test
  void becomesAnotherSeriesWhenATextChanges() {
    scrape("x", "y");
    Scrape changed = scrape("xy", "");

    assertThat(changed.size()).isEqualTo(2);
    assertThat(StaleMarker.is(changed.value(0))).isTrue();
    assertThat(changed.layout().series().get(1))
        .hasToString("node_network_info{a=\"xy\", device=\"eth0\", instance=\"web-1\"}");
  }

  @Test
  void textsOfAnyLengthFit() {
    String longText = "long ".repeat(100).strip();

    assertThat(scrape("", longText).layout().series().getFirst().value("b")).isEqualTo(longText);
  }

  private Scrape scrape(String a, String b) {
    info.begin().text(field(a)).text(field(b)).tell();
    return table.take(1);
  }

  private static Fields field(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Fields("file").reset(bytes, bytes.length).firstLine();
  }
}

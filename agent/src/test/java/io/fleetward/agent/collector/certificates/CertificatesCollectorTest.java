package io.fleetward.agent.collector.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.collector.HostTree;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.StaleMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesCollectorTest {
  private static final String WEB =
      "fleetward_certificate_not_after_timestamp_seconds{instance=\"web-1\", path=\"%s\","
          + " serial=\"abc\", subject=\"CN=web.example.com,O=Example\"} 2110744432\n";
  private static final String ISSUER =
      "fleetward_certificate_not_after_timestamp_seconds{instance=\"web-1\", path=\"%s\","
          + " serial=\"1f\", subject=\"CN=issuer,O=Example\"} 2426104432\n";

  @TempDir Path folder;
  private final SeriesTable table = new SeriesTable("web-1");
  private long seconds;

  @Test
  void tellsEveryCertificateOfAFileWhateverElseIsInIt() throws IOException {
    Path bundle =
        Files.writeString(
            folder.resolve("bundle.pem"),
            "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n"
                + pem("web.pem")
                + "a comment\n"
                + pem("issuer.pem"));

    assertThat(told(collector(bundle))).isEqualTo(WEB.formatted(bundle) + ISSUER.formatted(bundle));
  }

  @Test
  void readsDer() throws IOException {
    String base64 = pem("web.pem").replaceAll("-----[^-]+-----", "");
    Path der = Files.write(folder.resolve("web.crt"), Base64.getMimeDecoder().decode(base64));

    assertThat(told(collector(der))).isEqualTo(WEB.formatted(der));
  }

  @Test
  void oneFileThatCannotBeReadHidesNoOther() throws IOException {
    Path good = Files.writeString(folder.resolve("good.pem"), pem("web.pem"));
    Path bad = Files.writeString(folder.resolve("bad.pem"), "no certificate");
    CertificatesCollector collector = collector(bad, folder.resolve("missing.pem"), good);

    assertThatThrownBy(collector::collect)
        .hasMessageContaining(bad + " has no certificate that can be read")
        .hasMessageContaining("correct agent.certificates");
    assertThat(text(table.take(0))).isEqualTo(WEB.formatted(good));
  }

  @Test
  void seesARenewalWithinAMinute() throws IOException {
    Path file = Files.writeString(folder.resolve("web.pem"), pem("web.pem"));
    CertificatesCollector collector = collector(file);
    told(collector);
    Path renewed = Files.writeString(folder.resolve("new"), pem("issuer.pem"));
    Files.setLastModifiedTime(renewed, FileTime.fromMillis(1_800_000_000_000L));
    Files.move(renewed, file, StandardCopyOption.REPLACE_EXISTING);

    seconds = 30;
    assertThat(told(collector)).isEqualTo(WEB.formatted(file));
    seconds = 60;
    assertThat(told(collector)).isEqualTo(ISSUER.formatted(file));
  }

  private CertificatesCollector collector(Path... files) {
    return new CertificatesCollector(
        List.of(files), table, () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  private static String pem(String name) throws IOException {
    return Files.readString(HostTree.fixture("certificates", name));
  }

  private String told(CertificatesCollector collector) throws IOException {
    collector.collect();
    return text(table.take(0));
  }

  private static String text(Scrape scrape) {
    return IntStream.range(0, scrape.size())
        .filter(i -> !StaleMarker.is(scrape.value(i)))
        .mapToObj(i -> "%s %.0f\n".formatted(scrape.layout().series().get(i), scrape.value(i)))
        .collect(Collectors.joining());
  }
}
